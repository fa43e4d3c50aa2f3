package dev.octosts.exchange.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":[1,2,3]}", "{\"a\":{},\"b\":{},\"c\":{},\"d\":{}}", "{\"a\":[[],[],[]]}"})
    void takes_as_many_values_as_there_may_be(String json) throws MalformedException {
        assertThat(read(json)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2,3,4]}",
                "{\"a\":{},\"b\":{},\"c\":{},\"d\":{},\"e\":{}}",
                "{\"a\":[[],[],[],[]]}",
                "{\"a\":[{\"b\":[null]},true,false]}"
            })
    void refuses_one_more_at_whatever_depth(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @CsvSource({"31, true", "32, false"})
    void bounds_the_depth(int arrays, boolean taken) {
        String json = "{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
        assertThat(isTaken(json)).isEqualTo(taken);
    }

    private static boolean isTaken(String json) {
        try {
            BoundedJson.object(json.getBytes(StandardCharsets.UTF_8), 1_000);
            return true;
        } catch (MalformedException tooDeep) {
            return false;
        }
    }

    private static Object read(String json) throws MalformedException {
        return BoundedJson.object(json.getBytes(StandardCharsets.UTF_8), 4);
    }
}
