package dev.octosts.app;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real browser without a window, and its one page.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
public final class Chromium implements AutoCloseable, WebSocket.Listener {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    private Chromium(Process process, Path profile) throws IOException, InterruptedException {
        this.process = process;
        this.socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(pageSocket(port(process, profile))), this)
                .join();
        for (String domain : List.of("Page", "Runtime", "Network", "Log", "Accessibility")) {
            call(domain + ".enable", Map.of());
        }
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts this machine's browser. A test whose machine has none is left out.
     *
     * @param profile a folder for it alone
     * @param more further arguments
     */
    public static Chromium start(Path profile, String... more) throws IOException, InterruptedException {
        var program = find();
        Present.assume(
                "chromium",
                program.isPresent(),
                "no Chromium is on the PATH (Debian: apt-get install chromium), so the pages are not tested");
        var command = new ArrayList<>(List.of(
                program.orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox", // browsers refuse to run as root with it
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--no-default-browser-check",
                "--window-size=1280,1000",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile));
        command.addAll(List.of(more));
        command.add("about:blank");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.log").toFile())
                .start();
        return new Chromium(process, profile);
    }

    private static int port(Process process, Path profile) throws IOException, InterruptedException {
        var file = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (Files.exists(file) && Files.readAllLines(file).size() > 1) {
                return Integer.parseInt(Files.readAllLines(file).getFirst());
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        throw new IllegalStateException(
                "the browser did not start:\n" + Files.readString(profile.resolve("output.log")));
    }

    private String pageSocket(int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        try (var reader = Json.createReader(
                new StringReader(client.send(request, BodyHandlers.ofString()).body()))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .filter(target -> target.getString("type").equals("page"))
                    .findFirst()
                    .orElseThrow()
                    .getString("webSocketDebuggerUrl");
        }
    }

    /** Opens an address, with all that came before forgotten. */
    public void open(String address) {
        call("Page.navigate", Map.of("url", "about:blank"));
        events.clear();
        call("Page.navigate", Map.of("url", address));
        await("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** Waits until an expression is true on the page. */
    public void await(String condition) {
        var waiting = """
                new Promise((done, give) => {
                  const end = Date.now() + %d;
                  const look = () => {
                    let met = false;
                    try { met = (%s); } catch {}
                    met ? done(true) : Date.now() > end ? give(new Error('in vain')) : setTimeout(look, 20);
                  };
                  look();
                })""".formatted(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), condition);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isMet(condition, waiting, end)) {
            // The page went on to another one meanwhile, which is the one to look at.
        }
    }

    private boolean isMet(String condition, String waiting, long end) {
        try {
            evaluate(waiting);
            return true;
        } catch (IllegalStateException failed) {
            boolean navigated = !String.valueOf(failed.getMessage()).contains("in vain") && System.nanoTime() < end;
            if (!navigated) {
                throw new AssertionError(
                        "waited in vain for " + condition + " on a page with\n" + text("document.body.innerText"),
                        failed);
            }
            return false;
        }
    }

    /** The value of an expression as text. */
    public String text(String expression) {
        return evaluate("String(" + expression + ")").getString("value");
    }

    /** Whether an expression is true. */
    public boolean is(String condition) {
        return text("Boolean(" + condition + ")").equals("true");
    }

    private JsonObject evaluate(String expression) {
        var answer =
                call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new IllegalStateException(answer.get("exceptionDetails").toString());
        }
        return answer.getJsonObject("result");
    }

    /** Puts the cursor into a field, with everything in it selected. */
    void select(String id) {
        evaluate("document.getElementById('%s').focus(), document.getElementById('%s').select?.(), true"
                .formatted(id, id));
    }

    /** Replaces what is selected, as typing and pasting do. */
    void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /** Presses a key without a character, such as {@code Tab}. */
    void press(String key) {
        var code = Map.of("Tab", 9, "Enter", 13, "End", 35, "ArrowDown", 40).get(key);
        var text = key.equals("Enter") ? "\r" : "";
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
    }

    /** Shows pages in a colour scheme, and as wide as this many pixels. */
    public void look(String scheme, int width) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** Every address that the page has asked for. */
    public List<String> requested() {
        return events("Network.requestWillBeSent").stream()
                .map(event ->
                        event.getJsonObject("params").getJsonObject("request").getString("url"))
                .toList();
    }

    /** Faults of the page's program, and what its security policy has refused. */
    public List<String> complaints() {
        return Stream.concat(
                        events("Runtime.exceptionThrown").stream(),
                        events("Log.entryAdded").stream()
                                .filter(event -> !event.getJsonObject("params")
                                        .getJsonObject("entry")
                                        .getString("source")
                                        .equals("network")))
                .map(JsonObject::toString)
                .toList();
    }

    private List<JsonObject> events(String method) {
        return events.stream()
                .filter(event -> event.getString("method").equals(method))
                .toList();
    }

    /** Sends a command of the protocol and waits for its result. */
    public JsonObject call(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonObject>();
        pending.put(id, answer);
        var command = Json.createObjectBuilder()
                .add("id", id)
                .add("method", method)
                .add("params", Json.createObjectBuilder(Map.copyOf(parameters)))
                .build();
        socket.sendText(command.toString(), true).join();
        JsonObject result =
                answer.orTimeout(2 * PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (result.containsKey("error")) {
            throw new IllegalStateException(method + ": " + result.get("error"));
        }
        return result.getOrDefault("result", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            try (var reader = Json.createReader(new StringReader(message.toString()))) {
                receive(reader.readObject());
            }
            message.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void receive(JsonObject received) {
        if (!received.containsKey("id")) {
            events.add(received);
            return;
        }
        var waiting = pending.remove(received.getInt("id"));
        if (waiting != null) {
            waiting.complete(received);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
