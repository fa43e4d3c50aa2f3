package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.spi.DenyDesk.Listed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who gets what: every route for every kind of caller. */
class RoutesTest extends OperatorsFixture {

    /**
     * The statuses for a caller without a token, with a token for another audience, with groups that have no role, for
     * a viewer and an operator of one account, and for a viewer and an operator of all. A route that is not here fails
     * the test.
     */
    private static final String TABLE = """
            GET /api/openapi.yaml       401 401 403 200 200 200 200
            GET /api/me                 401 401 403 200 200 200 200
            GET /api/now                401 401 403 200 200 200 200
            GET /api/state              401 401 403 403 403 200 200
            POST /api/refresh           401 401 403 403 403 403 200
            GET /api/deny               401 401 403 200 200 200 200
            POST /api/deny              401 401 403 403 400 403 400
            DELETE /api/deny/{id}       401 401 403 403 400 403 400
            GET /api/records            401 401 403 200 200 200 200
            GET /api/records/{id}       401 401 403 200 200 200 200
            GET /api/records/{id}/usage 401 401 403 200 200 200 200
            GET /api/policies/usage     401 401 403 400 400 400 400
            POST /api/revoke            401 401 403 403 400 403 400
            GET /api/export             401 401 403 200 200 200 200
            GET /api/policies           401 401 403 200 200 200 200
            GET /console.css            200 200 200 200 200 200 200
            GET /                       303 401 403 200 200 200 200
            GET /exchanges              303 401 403 200 200 200 200
            GET /exchanges/{id}         303 401 403 200 200 200 200
            GET /policies               303 401 403 200 200 200 200
            GET /policies/usage         303 401 403 400 400 400 400
            POST /stop/tokens           401 401 403 403 400 403 400
            GET /stop/tokens/{id}       303 401 403 403 404 403 404
            GET /stop                   303 401 403 200 200 200 200
            POST /stop                  401 401 403 403 400 403 400
            GET /stop/{id}              303 401 403 403 200 403 200
            POST /stop/{id}             401 401 403 403 400 403 400
            GET /service                303 401 403 403 403 200 200
            POST /service/refresh       401 401 403 403 403 403 303
            GET /login                  303 303 303 303 303 303 303
            GET /login/callback         400 400 400 400 400 400 400
            POST /logout                401 401 403 200 200 200 200
            """;

    private static final List<String> CALLERS = List.of(
            "nobody",
            "another audience",
            "no role",
            "viewer of one",
            "operator of one",
            "viewer of all",
            "operator of all");

    @Test
    void answer_only_those_who_have_the_role() {
        var place = stores.record("owner-a").place();
        stores.rules.add(new Listed(
                new DenyRule(
                        "rule-a",
                        new DenyRule.DeniedTarget("owner-a", "", ""),
                        DenyRule.DeniedCaller.ANY,
                        "incident",
                        Optional.empty()),
                "ann",
                MemoryStores.TIME));
        var expected = new LinkedHashMap<String, List<String>>();
        TABLE.lines()
                .map(line -> line.split(" +", 0))
                .forEach(parts ->
                        expected.put(parts[0] + " " + parts[1], List.of(parts).subList(2, parts.length)));
        var actual = new LinkedHashMap<String, List<String>>();
        for (String name : expected.keySet()) {
            actual.put(name, new ArrayList<>());
            String path = name.substring(name.indexOf(' ') + 1)
                    .replace("{id}", name.contains("stop") || name.contains("deny") ? "rule-a" : place.toString());
            for (String caller : CALLERS) {
                actual.get(name).add(status(name.substring(0, name.indexOf(' ')), path, caller));
            }
        }

        assertThat(server.routes().stream().map(OperatorRoute::name).collect(Collectors.toSet()))
                .as("the table has every route, and no other")
                .isEqualTo(expected.keySet());
        assertThat(actual).as("for %s", CALLERS).isEqualTo(expected);
        assertThat(stores.rules).as("a rule that nobody removed with a reason").hasSize(1);
        assertThat(stores.recalls)
                .as("tokens that nobody took back with a reason")
                .isEmpty();
    }

    @Test
    void of_the_api_are_described_and_no_other_one() {
        var described = new TreeSet<String>();
        String path = "";
        for (String line : get("/api/openapi.yaml", "Authorization", bearer("watchers"))
                .body()
                .lines()
                .toList()) {
            if (line.matches("  /[^ ]+:")) {
                path = line.strip().replaceAll(":$", "");
            } else if (line.matches("    (get|post|delete):") && !path.isEmpty()) {
                described.add(line.strip().replace(":", "").toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        assertThat(described)
                .isEqualTo(server.routes().stream()
                        .map(OperatorRoute::name)
                        .filter(name -> name.contains(" /api/"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private String status(String method, String path, String caller) {
        var headers = switch (caller) {
            case "nobody" -> new String[0];
            case "another audience" ->
                new String[] {
                    "Authorization",
                    "Bearer " + token("platform").audience(CLIENT).sign()
                };
            default -> new String[] {"Authorization", bearer(group(caller))};
        };
        return Integer.toString(send(method, path, "", headers).statusCode());
    }

    private static String group(String caller) {
        return switch (caller) {
            case "viewer of one" -> "watchers-of-a";
            case "operator of one" -> "platform-of-a";
            case "viewer of all" -> "watchers";
            case "operator of all" -> "platform";
            default -> "others";
        };
    }

    @Test
    void do_not_exist_by_other_names_and_methods() {
        var headers = Map.of(
                "GET /api", 404,
                "GET /api/", 404,
                "GET /api/records/", 404,
                "GET /exchanges/1/2", 404,
                "GET //api/state", 404,
                "GET /metrics", 404,
                "PUT /api/deny", 405,
                "POST /api/state", 405);
        headers.forEach((call, status) -> {
            var parts = call.split(" ", 2);
            assertThat(send(parts[0], parts[1], "", "Authorization", bearer("platform"))
                            .statusCode())
                    .as(call)
                    .isEqualTo(status);
        });
        assertThat(send("PUT", "/api/deny", "").headers().firstValue("allow")).contains("GET, POST");
    }

    @Test
    void have_headers_that_keep_pages_to_themselves() {
        for (String path : Set.of("/", "/api/me", "/nowhere", "/login/callback")) {
            var headers = get(path).headers();
            assertThat(headers.firstValue("content-security-policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'")
                    .doesNotContain("script-src")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("cache-control")).as(path).contains("no-store");
            assertThat(headers.firstValue("x-content-type-options")).as(path).contains("nosniff");
        }
    }
}
