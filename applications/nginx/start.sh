#!/bin/sh
# PID 1 of the container. nginx closes its ports and all idle connections in the moment that it is told to quit, so it is told
# so only after the close notice; then it answers what is under way, and exits.
nginx -e /dev/stderr -c /etc/nginx/nginx.conf &
nginx=$!

leave() {
  : >/run/leaving
  sleep "${CLOSE_NOTICE_SECONDS:-10}"
  kill -QUIT "$nginx"
}
trap leave TERM QUIT # nginx's own images have STOPSIGNAL SIGQUIT
wait "$nginx" || wait "$nginx" # a signal ends the first wait
