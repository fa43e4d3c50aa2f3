package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicNamesTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.github.com, github.com",
        "https://api.octo.ghe.com, octo.ghe.com",
        "https://github.example.com/api/v3, github.example.com",
    })
    void finds_the_host_of_the_pages(String api, String host) {
        assertThat(PublicNames.webHost(URI.create(api))).isEqualTo(host);
    }
}
