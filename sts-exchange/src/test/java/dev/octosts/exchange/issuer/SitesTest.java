package dev.octosts.exchange.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitesTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.com/a,example.com",
        "https://Issuer.Example.COM./b,example.com",
        "https://a.b.c.example.co.uk,example.co.uk",
        "https://one.github.io,one.github.io",
        "https://login.corp,login.corp",
        "https://a.login.corp,login.corp",
        "https://keycloak/realm,keycloak",
        "https://8.8.8.8:8443/x,an address",
        "https://[2606:4700::1111]/x,an address",
        "http://127.0.0.1:8080/x,127.0.0.1:8080",
        "http://localhost:1/x,localhost:1",
        "not an address,''",
        "mailto:x,''"
    })
    void are_the_domains_that_one_owner_has(String address, String site) {
        assertThat(Sites.of(address)).isEqualTo(site);
    }
}
