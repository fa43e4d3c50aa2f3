package dev.octosts.sandbox.trial;

import dev.octosts.sandbox.trial.Attack.Bound;
import dev.octosts.sandbox.trial.Attack.Prepared;
import dev.octosts.sandbox.trial.HostileIssuers.Kind;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every attack of the trial. To add one, add it to {@link #ALL}. */
final class Attacks {
    /** Callers that only wait cost a hostile machine nothing, so there are ten for each requested connection. */
    private static final int WAITING = 10;

    private static final int IDLE = 125;
    private static final int FEW_ISSUERS = 50;
    private static final int SILENT_PORTS = 200;
    private static final int KILOBYTE = 1024;
    private static final int CLAIM = 44_000;
    private static final int ALTERNATIVES = 200;
    private static final int SMALL_BODY = 60 * KILOBYTE;
    private static final int PLAYGROUND_BODY = 200 * KILOBYTE;
    private static final int LARGE_BODY = 25_000_000;
    private static final int PIPELINED = 50;

    /** Below the 64 KiB of a token, with as many JSON values as fit in it. */
    private static final int VALUES = 15_000;

    static final List<Attack> ALL = List.of(
            new Attack(
                    "signatures-p521",
                    "always new tokens without kid of an issuer with 100 P-521 keys",
                    world -> forged(world, () -> ForgedToken.es512(issuer(world, Kind.P521, 1)))),
            new Attack(
                    "signatures-rsa4096",
                    "always new tokens without kid of an issuer with 100 RSA keys of 4096 bits",
                    world -> forged(world, () -> ForgedToken.rs256(issuer(world, Kind.RSA4096, 1)))),
            new Attack(
                    "signatures-repeated",
                    "one and the same such token, again and again",
                    world -> repeated(world, ForgedToken.es512(issuer(world, Kind.P521, 1)))),
            new Attack("signatures-issuers", "such tokens of 50 issuers with 100 P-521 keys each", world -> {
                var number = new AtomicLong();
                return forged(
                        world,
                        () -> ForgedToken.es512(issuer(world, Kind.P521, number.incrementAndGet() % FEW_ISSUERS)));
            }),
            new Attack(
                    "token-values",
                    "tokens with 15 000 JSON values in 45 KB, of an issuer that never answers",
                    world -> repeated(
                                    world,
                                    ForgedToken.rs256(
                                            issuer(world, Kind.HANGING, 1), ",\"x\":[" + "{},".repeat(VALUES) + "0]"))
                            .callers(WAITING)),
            new Attack("new-connections", "the same, each over a new connection", world -> {
                var token = ForgedToken.rs256(issuer(world, Kind.HANGING, 1), ",\"x\":[" + "{},".repeat(VALUES) + "0]");
                var request = world.exchange(world.quietScope(), "deploy", token);
                return Prepared.of(caller -> caller.callAnew(request)).callers(WAITING);
            }),
            new Attack(
                    "hanging-issuers",
                    "tokens of ever new issuers on one host that never answers",
                    world -> forged(
                                    world,
                                    () -> ForgedToken.rs256(world.strangers().issuer(Kind.HANGING)))
                            .callers(WAITING)),
            new Attack("hanging-ports", "tokens of issuers on 200 ports that never answer", world -> {
                var ports = world.strangers().silentPorts(SILENT_PORTS);
                var number = new AtomicLong();
                return forged(world, () -> {
                            long next = number.incrementAndGet();
                            return ForgedToken.rs256(ports.get((int) (next % SILENT_PORTS)) + "/" + next);
                        })
                        .callers(WAITING);
            }),
            new Attack(
                    "evicting-issuers",
                    "tokens of ever new issuers with key sets of 93 KB, to push the keys of others out",
                    world -> forged(
                                    world,
                                    () -> ForgedToken.rs256(world.strangers().issuer(Kind.LARGE)))
                            .bounded(new Bound("calls to the quiet issuer", world::quietIssuerCalls, 10, 0))),
            new Attack(
                    "redirecting-issuers",
                    "discovery of ever new issuers redirects to a third party",
                    world -> thirdParty(world, Kind.REDIRECTING)),
            new Attack(
                    "pointing-issuers",
                    "ever new issuers say that their keys lie at a third party's",
                    world -> thirdParty(world, Kind.POINTING)),
            new Attack(
                    "patterns-exchange",
                    "another tenant's policy with 200 alternatives, and a claim of 44 KB",
                    world -> patterns(world, world::exchange)),
            new Attack("patterns-explain", "the same, at /sts/explain", world -> patterns(world, world::explain)),
            new Attack(
                    "patterns-playground",
                    "the same policy and claims, at the playground, where every caller may try them",
                    world -> {
                        var input = Json.createObjectBuilder()
                                .add("policy", "issuer: https://a.example\n" + expensiveRules())
                                .add(
                                        "claims",
                                        Json.createObjectBuilder()
                                                .add("iss", "https://a.example")
                                                .add("sub", "workload")
                                                .add("long", "a".repeat(CLAIM))
                                                .build()
                                                .toString())
                                .build()
                                .toString();
                        var request = post("/playground/evaluate", "application/json", input.length(), input);
                        return Prepared.of(caller -> caller.call(request));
                    }),
            new Attack("headers-unfinished", "headers of 60 KB that never end, byte by byte", _ -> {
                var start = bytes("GET /sts/exchange HTTP/1.1\r\nHost: x\r\n"
                        + IntStream.range(0, 8)
                                .mapToObj(number -> "X-%d: %s\r\n".formatted(number, "a".repeat(7_400)))
                                .collect(Collectors.joining())
                        + "X-Last: ");
                return Prepared.of(caller -> caller.drip(start, (byte) 'a')).callers(WAITING);
            }),
            new Attack(
                    "bodies-exchange",
                    "forms of 60 KB for an exchange that never end",
                    _ -> unfinished("/sts/exchange", "application/x-www-form-urlencoded", SMALL_BODY, WAITING)),
            new Attack(
                    "bodies-playground",
                    "inputs of 200 KB for the playground that never end",
                    _ -> unfinished("/playground/evaluate", "application/json", PLAYGROUND_BODY, WAITING)),
            new Attack("bodies-webhook", "one byte each of deliveries that never end", _ -> {
                var start = post("/webhook", "application/json", 100, "{");
                return Prepared.of(caller -> caller.drip(start, (byte) ' ')).callers(WAITING);
            }),
            new Attack(
                    "bodies-webhook-large",
                    "deliveries of 25 MB that never end",
                    _ -> unfinished("/webhook", "application/json", LARGE_BODY, 1)),
            new Attack(
                    "idle-connections",
                    "125 connections for each one asked for (8 000), without a byte",
                    _ -> Prepared.of(caller -> caller.idle(IDLE))),
            new Attack(
                    "unknown-identities", "tokens that hold ask for ever new identities of another tenant", world -> {
                        var number = new AtomicLong();
                        return Prepared.of(caller -> caller.call(world.exchange(
                                        world.quietScope(),
                                        "guess-" + number.incrementAndGet(),
                                        world.hostileToken().sign())))
                                .bounded(gitHub(world));
                    }),
            new Attack("unknown-owners", "tokens that hold ask for ever new owners", world -> {
                var number = new AtomicLong();
                return Prepared.of(caller -> caller.call(world.exchange(
                                "nobody-" + number.incrementAndGet() + "/code",
                                "deploy",
                                world.hostileToken().sign())))
                        .bounded(gitHub(world));
            }),
            new Attack("unread-answers", "50 requests at once on each connection, whose answers are never read", _ -> {
                var three = Stream.of("/playground/page.js", "/metrics", "/openapi")
                        .map(path -> "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")
                        .collect(Collectors.joining());
                var requests = bytes(three.repeat(PIPELINED / 3));
                return Prepared.of(caller -> caller.neverRead(requests)).callers(WAITING);
            }));

    private Attacks() {}

    private static String issuer(TrialWorld world, Kind kind, long number) {
        return world.strangers().issuer(kind, number);
    }

    private static Prepared forged(TrialWorld world, Supplier<String> tokens) {
        return Prepared.of(caller -> caller.call(world.exchange(world.quietScope(), "deploy", tokens.get())));
    }

    private static Prepared repeated(TrialWorld world, String token) {
        var request = world.exchange(world.quietScope(), "deploy", token);
        return Prepared.of(caller -> caller.call(request));
    }

    private static Prepared thirdParty(TrialWorld world, Kind kind) {
        var strangers = world.strangers();
        return forged(world, () -> ForgedToken.rs256(strangers.issuer(kind)))
                .bounded(new Bound("calls to the third party", strangers::thirdPartyCalls, 20, 5));
    }

    private static Bound gitHub(TrialWorld world) {
        return new Bound("calls to GitHub", world::otherGitHubCalls, 100, 10);
    }

    @FunctionalInterface
    private interface Request {
        byte[] bytes(String scope, String identity, String token);
    }

    private static Prepared patterns(TrialWorld world, Request request) {
        world.hostilePolicy("expensive", expensiveRules());
        var token = world.hostileToken().claim("long", "a".repeat(CLAIM)).sign();
        var bytes = request.bytes(world.hostileScope(), "expensive", token);
        return Prepared.of(caller -> caller.call(bytes));
    }

    /** Alternatives without a common beginning, so that an engine follows all of them to the end of the claim. */
    private static String expensiveRules() {
        var pattern = IntStream.range(0, ALTERNATIVES)
                .mapToObj(number -> "[^\\x{%x}]*Z".formatted(0x4e00 + number))
                .collect(Collectors.joining("|", "(", ")"));
        return "subject: workload\nclaim_pattern:\n  long: '" + pattern + "'\n";
    }

    private static Prepared unfinished(String path, String contentType, int length, int callers) {
        var start = post(path, contentType, length, "a".repeat(length - KILOBYTE));
        return Prepared.of(caller -> caller.drip(start, (byte) 'a')).callers(callers);
    }

    /** The beginning of a request, or all of it. */
    private static byte[] post(String path, String contentType, int length, String body) {
        return bytes("POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nX-GitHub-Event: push\r\n"
                        .formatted(path, contentType)
                + "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\nContent-Length: " + length + "\r\n\r\n"
                + body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
