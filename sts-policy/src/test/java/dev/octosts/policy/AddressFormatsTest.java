package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Texts that are addresses of issuers or of their endpoints, and texts that are not. */
class AddressFormatsTest {
    private static final String HOST = "https://example.com";

    static final String[] ISSUERS = {
        HOST,
        HOST + "/",
        HOST + "/tenant1",
        HOST + "/auth/realms/master",
        HOST + "/user~name/path",
        HOST + "/v2.0/a-b_c.d",
        HOST + "/auth0-like/",
        HOST + "/" + "s".repeat(150),
        HOST + "/id/ABCDEF123456",
        HOST + ":8443/x",
        HOST + ":/x",
        "https://EXAMPLE.com",
        "https://xn--exmple-cua.com",
        "https://[2001:db8::1]:8443/x",
        "https://token.actions.githubusercontent.com",
        "https://token.actions.octo.ghe.com/octo-enterprise",
        "https://accounts.google.com",
        "http://localhost",
        "http://localhost:8080/realm",
        "http://127.0.0.1:8080",
        "http://[::1]:8080/v6",
        HOST + "/" + "a".repeat(100) + "/" + "b".repeat(134),
    };

    static final String[] NO_ISSUERS = {
        "",
        "not-a-url",
        "example.com",
        "http://example.com",
        "http://127.0.0.2:8080",
        "http://localhost.evil.example",
        "http://0.0.0.0:8080",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://10.0.0.1",
        "http://169.254.169.254/latest",
        "http://localhost./",
        "http://LOCALHOST:8080",
        "http://::1/",
        "ftp://example.com",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/plain,hi",
        "HTTPS://example.com",
        "https:/example.com",
        "https:example.com",
        "//example.com",
        "https://",
        "https:///path",
        "https://:443",
        "https://[]",
        "https://[::1",
        "https://[::1]x",
        "https://[fe80::1%25eth0]",
        HOST + "?param=value",
        HOST + "/p?",
        HOST + "?",
        HOST + "#frag",
        HOST + "/path#",
        HOST + "/path?query=value#fragment",
        "https://user:pass@example.com",
        "https://user@example.com",
        "http://127.0.0.1@evil.example",
        "https://@example.com",
        HOST + "/../admin",
        HOST + "/auth/../admin",
        HOST + "/a..b",
        HOST + "/%2e%2e/admin",
        HOST + "/path%2F..%2Fadmin",
        HOST + "/./admin",
        HOST + "/admin/.",
        HOST + "//admin",
        HOST + "///admin",
        HOST + "/admin//",
        HOST + "/path~~backup",
        HOST + "/config~",
        HOST + "/~/admin",
        HOST + "/a b",
        HOST + "/a%20b",
        HOST + "/<script>",
        HOST + "/a:b",
        HOST + "/a@b",
        HOST + "/a,b",
        HOST + "/a+b",
        HOST + "/k\u00e4se",
        HOST + "/a%00b",
        HOST + "/a\u0000b",
        "https://example\n.com",
        "https://example\t.com",
        "https://example .com",
        "https://example.com\\@evil.example",
        " https://example.com",
        HOST + "\n",
        HOST + "/\n",
        HOST + "/%zz",
        HOST + ":abc",
        HOST + ":65536",
        HOST + ":443:443",
        HOST + ":-1",
        "https://ex\u00e4mple.com",
        "https://e\u24cdample.com",
        "https://\u0435xample.com",
        "https://example\u3002com",
        "https://ex%C3%A4mple.com",
        "https://ex%61mple.com",
        "https://exam\"ple.com",
        "https://exam<ple.com",
        "https://" + "a".repeat(300) + ".com",
        HOST + "/" + "a".repeat(100) + "/" + "b".repeat(135),
        HOST + "/" + "a".repeat(151),
    };

    static final String[] ENDPOINTS = {
        HOST + "/.well-known/jwks",
        HOST + "/keys?p=B2C_1_signin",
        HOST + "/a%20b:c@d,e+f",
        HOST + "/a//b/../c",
        HOST,
        "https://127.0.0.2/",
        "http://127.0.0.1:8080/keys?x",
        "http://localhost/keys",
        "http://[::1]/keys",
    };

    static final String[] NO_ENDPOINTS = {
        "",
        "/keys",
        "http://example.com/keys",
        "http://127.0.0.2/keys",
        "http://169.254.169.254/",
        "https://user@example.com/keys",
        "https:///keys",
        "ftp://example.com/keys",
        "file:///etc/passwd",
        HOST + "/a b",
        HOST + "/a\nb",
        HOST + "/\\evil",
        HOST + "/k\u00e4se",
        HOST + "/" + "a".repeat(2048),
    };

    @ParameterizedTest
    @FieldSource("ISSUERS")
    void accepts_an_issuer(String issuer) {
        assertThat(Formats.isIssuer(issuer)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("NO_ISSUERS")
    void refuses_an_issuer(String issuer) {
        assertThat(Formats.isIssuer(issuer)).isFalse();
    }

    @ParameterizedTest
    @FieldSource("ENDPOINTS")
    void accepts_an_endpoint(String uri) {
        assertThat(Formats.isEndpoint(uri)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("NO_ENDPOINTS")
    void refuses_an_endpoint(String uri) {
        assertThat(Formats.isEndpoint(uri)).isFalse();
    }
}
