package dev.octosts.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class GoQuotedTest {
    static final String[][] TEXTS = {
        {"", "\"\""},
        {"plain text", "\"plain text\""},
        {"a\"b\\c", "\"a\\\"b\\\\c\""},
        {"\u0007\b\f\n\r\t\u000b", "\"\\a\\b\\f\\n\\r\\t\\v\""},
        {"\u0000\u001b\u007f", "\"\\x00\\x1b\\x7f\""},
        {
            "\u00a0\u0085\u200b\u202e\u2028\ufeff\ue000\u00ad",
            "\"\\u00a0\\u0085\\u200b\\u202e\\u2028\\ufeff\\ue000\\u00ad\""
        },
        {"\udb40\udc01", "\"\\U000e0001\""},
        {"\u00fc\u7528\ud83d\ude00e\u0301", "\"\u00fc\u7528\ud83d\ude00e\u0301\""},
        {"\ud83dx", "\"\ufffdx\""},
        {"it's <fine> & ${good}", "\"it's <fine> & ${good}\""},
    };

    @ParameterizedTest
    @FieldSource("TEXTS")
    void quotes_as_go_does(String text, String quoted) {
        assertThat(GoQuoted.of(text)).isEqualTo(quoted);
    }
}
