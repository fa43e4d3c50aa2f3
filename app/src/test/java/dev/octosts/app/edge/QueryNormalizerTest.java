package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryNormalizerTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "scope=o/r&identity=a%2Fb", "a[0]=b", "q=~!*'()", "x=a+b;c"})
    void leave_alone_what_is_sound(String query) {
        assertThat(QueryNormalizer.firstOdd(query)).isEqualTo(query.length());
        assertThat(URI.create("http://x/?" + query).getRawQuery()).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {"a|b a%7Cb", "\"<>^{}\\ %22%3C%3E%5E%7B%7D%5C", "a%20|b a%20%7Cb", "\u00e4 %E4"})
    void encode_what_clients_forget_to(String query, String sound) {
        assertThat(QueryNormalizer.firstOdd(query)).isLessThan(query.length());
        assertThat(QueryNormalizer.encoded(query)).isEqualTo(sound);
        assertThat(URI.create("http://x/?" + sound).getRawQuery()).isEqualTo(sound);
    }

    @ParameterizedTest
    @CsvSource({"scope=%zz, 6", "%, 0", "a%2, 1", "a%20%2g, 4"})
    void find_broken_encodings(String query, int where) {
        assertThat(QueryNormalizer.firstBrokenEscape(query, 0)).isEqualTo(where);
        assertThat(QueryNormalizer.firstOdd(query)).isEqualTo(where);
    }
}
