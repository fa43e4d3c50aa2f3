package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusLintTest {

    @Test
    void finds_nothing_wrong_with_good_metrics() {
        assertThat(PrometheusLint.problems("""
                        # HELP a_calls_total Calls.
                        # TYPE a_calls_total counter
                        a_calls_total{code="OK",outcome="granted, \\"quoted\\""} 1.0
                        a_calls_total{code="NO",outcome="refused"} 2.0
                        # HELP a_call_seconds How long they took.
                        # TYPE a_call_seconds histogram
                        a_call_seconds_bucket{le="0.1"} 1
                        a_call_seconds_bucket{le="+Inf"} 1
                        a_call_seconds_count 1
                        a_call_seconds_sum 0.5
                        # HELP a_last_timestamp_seconds When.
                        # TYPE a_last_timestamp_seconds gauge
                        a_last_timestamp_seconds 1.7e9
                        """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a_calls_total      | counter   |       | a_calls_total 1                 | no help text",
                "a_calls            | counter   | Calls | a_calls 1                       | should have \"_total\" suffix",
                "a_calls_total      | gauge     | Calls | a_calls_total 1                 | should not have \"_total\" suffix",
                "a_calls_count      | gauge     | Calls | a_calls_count 1                 | \"_count\" suffix",
                "a_calls            | gauge     | Calls | a_calls{retryResult=\"x\"} 1    | 'camelCase'",
                "a_usedHeap_bytes   | gauge     | Heap  | a_usedHeap_bytes 1              | 'camelCase'",
                "a_milliseconds     | gauge     | Time  | a_milliseconds 1                | use base unit milliseconds",
                "a_minutes          | gauge     | Time  | a_minutes 1                     | use base unit minutes",
                "a_time_ms          | gauge     | Time  | a_time_ms 1                     | abbreviated unit",
                "a_gauge_bytes      | gauge     | Bytes | a_gauge_bytes 1                 | includes a type",
                "a_calls            | gauge     | Calls | a_calls{le=\"1\"} 1             | \"le\" label",
                "other              | gauge     | Other | a_calls 1                       | a_calls: no type",
                "a_calls            | gauge     | Calls | a_calls                         | no sample",
            })
    void finds_what_breaks_a_rule(String name, String type, String help, String sample, String problem) {
        String text = "# HELP %s %s%n# TYPE %s %s%n%s%n".formatted(name, help == null ? "" : help, name, type, sample);

        assertThat(PrometheusLint.problems(text))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }
}
