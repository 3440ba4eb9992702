import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;

/** A server on the JDK alone that a rollout costs nothing: HTTP/1.1 on PORT; `java Server.java` runs it. */
public class Server {
  static final Map<String, String> ENV = System.getenv();
  static final long CLOSE_NOTICE_SECONDS = Long.parseLong(ENV.getOrDefault("CLOSE_NOTICE_SECONDS", "10"));
  static final CountDownLatch LEAVING = new CountDownLatch(1);
  static final CountDownLatch OVER = new CountDownLatch(1);
  static final Phaser UNDER_WAY = new Phaser(1); // of one, for the hook that waits, and each request
  static String who;

  public static void main(String[] args) throws IOException {
    System.setProperty("sun.net.httpserver.idleInterval", "75"); // a silent connection lives longer than clients keep one
    System.setProperty("sun.net.httpserver.nodelay", "true");
    who = ENV.getOrDefault("VERSION", "1") + " " + InetAddress.getLocalHost().getHostName() + "\n";
    HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(ENV.getOrDefault("PORT", "8080"))), 128);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", Server::handle);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(server)));
    server.start();
  }

  /** SIGTERM runs it beside everything else; the virtual machine ends when it returns. */
  static void leave(HttpServer server) {
    LEAVING.countDown();
    sleep(CLOSE_NOTICE_SECONDS * 1000);
    OVER.countDown();
    UNDER_WAY.arriveAndAwaitAdvance();
    server.stop(0);
    Runtime.getRuntime().halt(0); // after a signal it would be 143
  }

  static void handle(HttpExchange exchange) throws IOException {
    UNDER_WAY.register();
    try (exchange) {
      if (exchange.getRequestURI().getPath().equals("/stream")) stream(exchange);
      else answer(exchange);
    } finally {
      UNDER_WAY.arriveAndDeregister();
    }
  }

  static void answer(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    String path = exchange.getRequestURI().getPath();
    boolean leaving = LEAVING.getCount() == 0;
    if (path.equals("/slow")) sleep(query == null ? 3000 : Long.parseLong(query.replace("ms=", "")));
    if (leaving) exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(leaving && path.equals("/ready") ? 503 : 200, who.length());
    exchange.getResponseBody().write(who.getBytes());
  }

  static void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    say(exchange, who);
    while (!happens(LEAVING)) say(exchange, System.currentTimeMillis() + "\n");
    say(exchange, "move\n");
    while (!happens(OVER)) say(exchange, System.currentTimeMillis() + "\n");
  }

  static void say(HttpExchange exchange, String line) throws IOException {
    OutputStream body = exchange.getResponseBody();
    body.write(line.getBytes());
    body.flush();
  }

  /** Whether it happens within a second. */
  static boolean happens(CountDownLatch event) {
    try {
      return event.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  static void sleep(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
