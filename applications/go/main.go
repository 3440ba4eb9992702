// A server in Go that a rollout costs nothing: HTTP/1.1, and HTTP/2 without TLS, on PORT.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

var (
	leaving, _     = signal.NotifyContext(context.Background(), syscall.SIGTERM)
	over, endNow   = context.WithCancel(context.Background())
	closeNotice, _ = strconv.Atoi(cmp.Or(os.Getenv("CLOSE_NOTICE_SECONDS"), "10"))
	host, _        = os.Hostname()
	who            = cmp.Or(os.Getenv("VERSION"), "1") + " " + host
)

func answer(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/slow" {
		ms, _ := strconv.Atoi(cmp.Or(r.FormValue("ms"), "3000"))
		time.Sleep(time.Duration(ms) * time.Millisecond)
	}
	if leaving.Err() != nil {
		w.Header().Set("Connection", "close") // on HTTP/2 it becomes a GOAWAY
	}
	fmt.Fprintln(w, who)
}

func ready(w http.ResponseWriter, _ *http.Request) {
	if leaving.Err() != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

func stream(w http.ResponseWriter, r *http.Request) {
	say := func(line string) {
		fmt.Fprintln(w, line)
		http.NewResponseController(w).Flush()
	}
	say(who)
	beat := time.NewTicker(time.Second)
	defer beat.Stop()
	move := leaving.Done()
	for {
		select {
		case <-move:
			say("move")
			move = nil // a nil channel is never ready: it is said once
		case now := <-beat.C:
			say(strconv.FormatInt(now.UnixMilli(), 10))
		case <-r.Context().Done():
			return
		case <-over.Done():
			return
		}
	}
}

func main() {
	http.HandleFunc("/", answer)
	http.HandleFunc("/ready", ready)
	http.HandleFunc("/stream", stream)
	server := &http.Server{Addr: ":" + cmp.Or(os.Getenv("PORT"), "8080"), Protocols: new(http.Protocols)}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	go func() {
		if err := server.ListenAndServe(); err != http.ErrServerClosed {
			log.Fatal(err)
		}
	}()

	<-leaving.Done()
	time.Sleep(time.Duration(closeNotice) * time.Second)
	endNow()
	if err := server.Shutdown(context.Background()); err != nil { // waits until the last request is answered
		log.Fatal(err)
	}
}
