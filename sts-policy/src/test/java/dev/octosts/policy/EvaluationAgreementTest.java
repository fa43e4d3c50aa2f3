package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random policies and tokens, decided a second time by the plainest code that says what the contract says. */
@Tag("property")
class EvaluationAgreementTest {
    private static final List<String> VALUES = List.of("a", "a", "a", "a", "b", "ab", "a.b", "A", "true", "a\n");
    private static final List<String> PATTERNS =
            List.of("a", "a|b", ".*", "[ab]+", "a\\.b", "(?i)a", "true", "^a$", "");
    private static final List<Object> CLAIMS =
            List.of("a", "b", "ab", "", true, false, 7, List.of("a"), Map.of("a", "b"));
    private static final List<String> NAMES = List.of("x", "y", "z");

    private final Random random = new Random(11);

    @Test
    void agrees_with_the_contract_about_random_policies() {
        int permitted = 0;
        for (int i = 0; i < 20_000; i++) {
            var file = new LinkedHashMap<String, Object>();
            oneOf(file, "issuer");
            oneOf(file, "subject");
            if (random.nextBoolean()) {
                oneOf(file, "audience");
            }
            var patterns = new LinkedHashMap<String, String>();
            for (int claims = random.nextInt(3); claims > 0; claims--) {
                patterns.put(any(NAMES), any(PATTERNS));
            }
            Claims token = token();
            Decision decision = policy(file, patterns).evaluate(token, "a");
            String expected = refusal(file, patterns, token);
            if (expected == null) {
                assertThat(decision).as("%s %s %s", file, patterns, token).isInstanceOf(Permit.class);
                permitted++;
            } else {
                assertThat(decision).as("%s %s %s", file, patterns, token).isInstanceOf(Deny.class);
                assertThat(((Deny) decision).message())
                        .as("%s %s %s", file, patterns, token)
                        .startsWith("trust policy: " + expected);
            }
        }
        assertThat(permitted).isGreaterThan(200);
    }

    /** How the message starts, null for a permit. */
    private static @Nullable String refusal(Map<String, Object> file, Map<String, String> patterns, Claims token) {
        if (!satisfies(file, "issuer", token.issuer())) {
            return "issuer ";
        }
        if (!satisfies(file, "subject", token.subject())) {
            return "subject ";
        }
        boolean own = file.containsKey("audience") || file.containsKey("audience_pattern");
        if (token.audiences().stream().noneMatch(each -> own ? satisfies(file, "audience", each) : each.equals("a"))) {
            return "audience";
        }
        for (Map.Entry<String, String> each : patterns.entrySet()) {
            String name = "claim \"" + each.getKey() + "\" ";
            if (!token.all().containsKey(each.getKey())) {
                return "expected " + name + "not found in token";
            }
            Object value = token.all().get(each.getKey());
            if (!(value instanceof String || value instanceof Boolean)) {
                return "expected " + name + "not a string";
            }
            if (!Pattern.matches(each.getValue(), value.toString())) {
                return name + "did not match \"^";
            }
        }
        return null;
    }

    private static boolean satisfies(Map<String, Object> file, String key, String value) {
        Object pattern = file.get(key + "_pattern");
        return pattern == null ? value.equals(file.get(key)) : Pattern.matches(pattern.toString(), value);
    }

    private static TrustPolicy policy(Map<String, Object> file, Map<String, String> patterns) {
        var text = new StringBuilder();
        file.forEach((key, value) ->
                text.append(key).append(": ").append(quoted(value)).append('\n'));
        text.append("permissions: {issues: read}\nclaim_pattern: {");
        patterns.forEach((key, value) ->
                text.append(key).append(": ").append(quoted(value)).append(", "));
        return Policies.valid(text.append("}\n").toString());
    }

    private static String quoted(Object value) {
        return "\"" + value.toString().replace("\\", "\\\\").replace("\n", "\\n") + "\"";
    }

    private Claims token() {
        var all = new HashMap<String, Object>();
        for (String name : NAMES) {
            if (random.nextInt(4) > 0) {
                all.put(name, any(CLAIMS));
            }
        }
        var audiences = new ArrayList<String>();
        for (int count = random.nextInt(3); count > 0; count--) {
            audiences.add(any(VALUES));
        }
        return new Claims(any(VALUES), any(VALUES), audiences, all);
    }

    private void oneOf(Map<String, Object> file, String key) {
        if (random.nextBoolean()) {
            file.put(key, any(VALUES));
        } else {
            // An empty pattern counts as not given.
            file.put(key + "_pattern", any(PATTERNS.subList(0, PATTERNS.size() - 1)));
        }
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
