package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ProxyLogins;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static final URI GITHUB = URI.create("https://api.github.com/app");

    @Test
    void are_none_when_no_variable_names_one() {
        assertThat(Proxies.read(new Variables(Map.of("NO_PROXY", "*", "HTTPS_PROXY", ""))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HTTPS_PROXY, http://proxy:3128", "https_proxy, proxy:3128", "HTTPS_PROXY, http://proxy:3128/"})
    void take_https_through_the_proxy_for_https(String name, String value) {
        assertThat(proxyFor(GITHUB, Map.of(name, value)).address())
                .isEqualTo(InetSocketAddress.createUnresolved("proxy", 3128));
    }

    @Test
    void keep_http_and_https_apart() {
        var variables = Map.of("HTTP_PROXY", "http://proxy");

        assertThat(proxyFor(GITHUB, variables)).isEqualTo(Proxy.NO_PROXY);
        assertThat(proxyFor(URI.create("http://issuer.example"), variables).address())
                .isEqualTo(InetSocketAddress.createUnresolved("proxy", 80));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|api.github.com|true",
                "github.com|api.github.com|true",
                "github.com|github.com|true",
                "github.com|notgithub.com|false",
                ".github.com|api.github.com|true",
                ".github.com|github.com|false",
                "*.github.com|api.github.com|true",
                "GitHub.com|API.github.com|true",
                "a.example, github.com ,|github.com|true",
                "github.com:443|github.com|true",
                "github.com:8443|github.com|false",
                "10.0.0.0/8|10.1.2.3|true",
                "10.0.0.0/8|11.1.2.3|false",
                "10.1.2.3|10.1.2.3|true",
                "10.1.2.3:444|10.1.2.3|false",
                "fd00::/8|[fd00::1]|true",
                "fd00::1|[fd00::1]|true",
                "fd00::1|[fd00::2]|false",
                "10.0.0.0/99|10.0.0.1|false",
                "no.example|localhost|true",
                "no.example|127.0.0.1|true",
                "no.example|[::1]|true",
                "no.example|localhost.example|false",
            })
    void leave_out_what_no_proxy_names(String exceptions, String host, boolean direct) {
        var proxy = proxyFor(
                URI.create("https://" + host + "/"), Map.of("HTTPS_PROXY", "http://proxy:1", "NO_PROXY", exceptions));

        assertThat(proxy.equals(Proxy.NO_PROXY)).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy:1",
                "socks5://proxy:1",
                "http://",
                "socks5://user:secret@proxy:1",
                "http://user:secret@",
                "http://a b"
            })
    void refuse_what_cannot_be_used_without_showing_it(String value) {
        var variables = new Variables(Map.of("HTTPS_PROXY", value));

        assertThat(Proxies.read(variables)).isEmpty();
        assertThat(variables.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.variable()).isEqualTo("HTTPS_PROXY"))
                .satisfies(fault -> assertThat(fault.problem()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:secret@proxy:3128, user, secret",
        "http://user:s%40c%3Aret%2B+@proxy:3128, user, s@c:ret++",
        "user@proxy:3128, user, ''"
    })
    void know_the_user_and_the_password_of_a_proxy(String value, String user, String password) {
        var proxies = Proxies.read(new Variables(Map.of("HTTPS_PROXY", value))).orElseThrow();

        assertThat(proxies).isInstanceOfSatisfying(ProxyLogins.class, logins -> {
            assertThat(logins.login("PROXY", 3128)).hasValueSatisfying(login -> {
                assertThat(login.getUserName()).isEqualTo(user);
                assertThat(new String(login.getPassword())).isEqualTo(password);
            });
            assertThat(logins.login("proxy", 3129)).isEmpty();
            assertThat(logins.login("another", 3128)).isEmpty();
        });
        assertThat(proxies.toString()).doesNotContain("secret");
    }

    private static Proxy proxyFor(URI uri, Map<String, String> variables) {
        return Proxies.read(new Variables(variables)).orElseThrow().select(uri).getFirst();
    }
}
