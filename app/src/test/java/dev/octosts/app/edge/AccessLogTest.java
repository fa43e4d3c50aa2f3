package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogTest {

    @ParameterizedTest
    @CsvSource({
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, true",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, false",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01, false",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01, false",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01, false",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x, false",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331, false",
        "'', false",
    })
    void knows_a_trace(String text, boolean well) {
        assertThat(AccessLog.isTrace(text)).isEqualTo(well);
    }
}
