package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.GitHubCall.Quota;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.HeaderGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {

    private static final String ORDINARY = "{\"documentation_url\":\"https://docs.github.com/rest\"}";
    private static final String PRIMARY =
            "{\"documentation_url\":\"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api\"}";
    private static final String SECONDARY = "{\"documentation_url\":\"https://docs.github.com/rest/overview/"
            + "rate-limits-for-the-rest-api#about-secondary-rate-limits\"}";

    @ParameterizedTest
    @ValueSource(ints = {403, 422, 429})
    void a_refusal_is_a_limit_when_it_says_when_to_come_back(int status) {
        assertThat(RateLimits.isLimit(answer(status, Map.of("Retry-After", "60"), ORDINARY)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 422, 429})
    void a_refusal_is_a_limit_when_nothing_is_left(int status) {
        assertThat(RateLimits.isLimit(answer(status, Map.of("X-RateLimit-Remaining", "0"), PRIMARY)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 422, 429})
    void a_refusal_is_a_limit_when_it_links_to_the_secondary_limits(int status) {
        assertThat(RateLimits.isLimit(answer(status, Map.of("x-ratelimit-remaining", "4999"), SECONDARY)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"403, false", "422, false", "429, true", "200, false", "401, false", "404, false", "500, false"})
    void without_such_a_sign_only_429_is_a_limit(int status, boolean limit) {
        assertThat(RateLimits.isLimit(answer(status, Map.of("X-RateLimit-Remaining", "4999"), ORDINARY)))
                .isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 304, 404})
    void an_answer_that_refuses_nothing_is_no_limit_though_it_took_the_last_request(int status) {
        assertThat(RateLimits.isLimit(answer(status, Map.of("X-RateLimit-Remaining", "0"), SECONDARY)))
                .isFalse();
    }

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest(name = "Retry-After {0}, reset {1}: {2}")
    @CsvSource({
        "60, , PT60S",
        "0, , PT0S",
        "1, 1795564800, PT1S",
        "'Tue, 24 Nov 2026 12:01:00 GMT', , PT60S",
        "'Tue, 24 Nov 2026 11:00:00 GMT', , PT0S",
        "999999999, , PT1H",
        "99999999999999999999, , PT60S",
        "-5, , PT60S",
        "soon, , PT60S",
        "soon, 1795521690, PT90S",
        ", 1795521690, PT90S",
        ", 1795521600, PT0S",
        ", 1, PT0S",
        ", 9999999999, PT1H",
        ", -1, PT60S",
        ", , PT60S"
    })
    void a_limit_is_over_when_github_says_so_and_within_the_hour(String retryAfter, String reset, Duration pause) {
        var headers = new HashMap<>(Map.of("X-RateLimit-Remaining", "0"));
        if (retryAfter != null) {
            headers.put("Retry-After", retryAfter);
        }
        if (reset != null) {
            headers.put("X-RateLimit-Reset", reset);
        }
        assertThat(RateLimits.retryAfter(answer(403, headers, PRIMARY), NOW)).isEqualTo(pause);
    }

    @Test
    void the_reset_of_a_quota_that_is_left_says_nothing_about_a_secondary_limit() {
        var headers = Map.of("X-RateLimit-Remaining", "4999", "X-RateLimit-Reset", "1795523400");
        assertThat(RateLimits.retryAfter(answer(403, headers, SECONDARY), NOW)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void what_is_no_limit_asks_for_no_pause() {
        assertThat(RateLimits.retryAfter(answer(200, Map.of("Retry-After", "60"), ORDINARY), NOW))
                .isNull();
        assertThat(RateLimits.retryAfter(answer(403, Map.of(), ORDINARY), NOW)).isNull();
    }

    @Test
    void the_quota_is_what_the_headers_tell() {
        var headers = Map.of(
                "x-ratelimit-limit", "5000",
                "x-ratelimit-remaining", "4990",
                "x-ratelimit-used", "10",
                "x-ratelimit-reset", "1767268800",
                "x-ratelimit-resource", "core");
        assertThat(RateLimits.quota(answer(200, headers, "")))
                .isEqualTo(new Quota(5000, 4990, 10, 1_767_268_800L, "core"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "4.5", "1e3", " 1", "many", "9223372036854775808", "99999999999999999999", "٣"})
    void nonsense_is_no_quota(String nonsense) {
        assertThat(RateLimits.quota(answer(200, Map.of("X-RateLimit-Limit", "1", "X-RateLimit-Remaining", "1"), "")))
                .isEqualTo(new Quota(1, 1, 0, 0, "core"));
        assertThat(RateLimits.quota(
                        answer(200, Map.of("X-RateLimit-Limit", "5000", "X-RateLimit-Remaining", nonsense), "")))
                .isNull();
        assertThat(RateLimits.quota(
                        answer(200, Map.of("X-RateLimit-Limit", nonsense, "X-RateLimit-Remaining", "1"), "")))
                .isNull();
    }

    @Test
    void an_answer_without_quota_headers_tells_of_none() {
        assertThat(RateLimits.quota(answer(200, Map.of(), ""))).isNull();
    }

    private static HttpAnswer answer(int status, Map<String, String> headers, String body) {
        var group = new HeaderGroup();
        headers.forEach((name, value) -> group.addHeader(new BasicHeader(name, value)));
        return new HttpAnswer(status, group, body.getBytes(StandardCharsets.UTF_8));
    }
}
