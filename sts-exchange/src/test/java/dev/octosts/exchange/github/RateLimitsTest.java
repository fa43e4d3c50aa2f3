package dev.octosts.exchange.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.GitHubCall.Quota;
import java.nio.charset.StandardCharsets;
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
