package dev.octosts.sandbox.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The installation tokens that exist. The oldest are dropped when there are very many. */
final class Tokens {
    /** The two forms that installation tokens have had since 2026. */
    enum Form {
        SHORT,
        LONG
    }

    private static final int REMEMBERED = 50_000;
    private static final int SHORT_CHARACTERS = 36;
    private static final int LONG_TOTAL = 520;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final Map<String, InstallationToken> byValue = new ConcurrentHashMap<>();
    private final Deque<String> inOrder = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Duration lifetime = Duration.ofHours(1);
    private volatile Form form = Form.SHORT;

    void lifetime(Duration duration) {
        lifetime = duration;
    }

    void form(Form preferred) {
        form = preferred;
    }

    Form form() {
        return form;
    }

    InstallationToken mint(
            Installation installation,
            Permissions permissions,
            Optional<Set<Long>> repositories,
            Form wanted,
            Instant now) {
        var value = switch (wanted) {
            case SHORT -> "ghs_" + random(SHORT_CHARACTERS);
            case LONG -> longForm(installation.app().id());
        };
        // GitHub gives whole seconds.
        var expiresAt = Instant.ofEpochSecond(now.plus(lifetime).getEpochSecond());
        var token = new InstallationToken(value, installation, permissions, repositories, expiresAt);
        byValue.put(value, token);
        inOrder.add(value);
        if (count.incrementAndGet() > REMEMBERED) {
            count.decrementAndGet();
            byValue.remove(inOrder.remove());
        }
        return token;
    }

    Optional<InstallationToken> find(String value) {
        return Optional.ofNullable(byValue.get(value));
    }

    List<InstallationToken> live(Instant now) {
        return inOrder.stream()
                .map(byValue::get)
                .filter(token -> token != null && token.liveAt(now))
                .toList();
    }

    /** All tokens in the order of minting. */
    List<InstallationToken> all() {
        return inOrder.stream().map(byValue::get).filter(token -> token != null).toList();
    }

    /** A token with the App's id and a text that looks like a JWT. */
    private static String longForm(long appId) {
        var header = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"ES256\"}".getBytes(UTF_8));
        var start = "ghs_" + appId + "_" + header + ".";
        int rest = LONG_TOTAL - start.length() - 1;
        return start + random(rest - 86) + "." + random(86);
    }

    /** Unique is enough: these tokens open nothing but the sandbox. */
    private static String random(int characters) {
        var random = ThreadLocalRandom.current();
        var text = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
