package dev.octosts.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void writes_a_file_in_unicode_with_short_lists_on_one_line() {
        var value = new LinkedHashMap<String, Object>();
        value.put("names", List.of("é \"##[\"", "\n\u0001"));
        value.put("empty", List.of());
        value.put("nested", List.of(true, List.of(1)));

        assertThat(JsonWriter.write(value)).isEqualTo("""
                {
                  "names": ["é \\"##[\\"", "\\n\\u0001"],
                  "empty": [],
                  "nested": [
                    true,
                    [1]
                  ]
                }
                """);
    }

    @Test
    void writes_the_output_of_a_command_in_ascii_and_without_commands_of_a_build() {
        String newline = System.lineSeparator() + "  ";
        assertThat(JsonWriter.forBuilds(List.of("é", "##[group]", "[", List.of(), Map.of("a", "b")), 1))
                .isEqualTo(String.join(
                        newline,
                        "[",
                        "  \"\\u00e9\",",
                        "  \"##\\u005bgroup]\",",
                        "  \"[\",",
                        "  [],",
                        "  {",
                        "    \"a\": \"b\"",
                        "  }",
                        "]"));
    }
}
