package dev.octosts.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.octosts.policy.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogConfiguratorTest {

    private static final String TOKEN = "ghs_0123456789abcdefghijklmnopqrstuvwxyzAB";
    private static final String TIME = "\"@timestamp\":\"[^\"]*\"";

    @Test
    void writes_one_line_of_json_whatever_the_text() {
        var line = line("a\nb\u0007\"c\"", null);

        assertThat(line).endsWith("}" + System.lineSeparator()).contains("a\\nb\\u0007\\\"c\\\"");
        assertThat(line.strip().lines()).hasSize(1);
    }

    @Test
    void writes_no_character_that_a_terminal_obeys_or_hides() throws Exception {
        var dangerous = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (SafeText.isDangerous(c) && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                dangerous.appendCodePoint(c);
            }
        }
        String text = dangerous + "\u00fc \ud83d\ude00";

        String line = line(text, null);

        assertThat(line.strip().codePoints()).noneMatch(SafeText::isDangerous);
        assertThat(line).contains("\\u202E".toLowerCase(java.util.Locale.ROOT), "\u00fc");
        assertThat(new ObjectMapper().readTree(line).get("message").textValue()).isEqualTo(text);
    }

    @Test
    void writes_half_a_surrogate_pair_as_an_escape() {
        assertThat(line("a\ud83d b", null).strip().codePoints()).noneMatch(SafeText::isDangerous);
    }

    @Test
    void masks_secrets_in_messages_and_stack_traces() {
        assertThat(line("got " + TOKEN, new IllegalStateException("lost " + TOKEN)))
                .contains("got ***", "lost ***", "IllegalStateException")
                .doesNotContain(TOKEN);
    }

    @Test
    void masks_nothing_else_of_a_line_with_a_secret() {
        var plain = line("got * and \u202e", null);
        var masked = line("got " + TOKEN + " and \u202e", null);

        assertThat(masked.replace("***", "*").replaceFirst(TIME, "")).isEqualTo(plain.replaceFirst(TIME, ""));
    }

    @Test
    void bounds_stack_traces() {
        assertThat(line("deep", new IllegalStateException("x".repeat(100_000)))).hasSizeLessThan(10_000);
    }

    private static String line(String message, @org.jspecify.annotations.Nullable Throwable thrown) {
        var context = new LoggerContext();
        var encoder = LogConfigurator.encoder();
        encoder.setContext(context);
        encoder.start();
        var event = new LoggingEvent("", context.getLogger("test"), Level.INFO, message, thrown, new Object[0]);
        event.setMDCPropertyMap(Map.of());
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
