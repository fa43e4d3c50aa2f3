package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FormatsTest {
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

    static final String[] SUBJECTS = {
        "user123",
        "550e8400-e29b-41d4-a716-446655440000",
        "1234567890",
        "user-name_123",
        "user.name.123",
        "UserName123",
        "user+tag",
        "user=value",
        "10769150350006150715113082367",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        "repo:octo-org@1/octo-repo@2:environment:Production",
        "okta|00uhzsq8pw5e6bWGe0h7",
        "user@example.com",
        "spiffe://example.org/ns/x/sa/y",
        "a*b",
        "a?b",
        "a#b",
        "a%20b",
        "a~b",
        "a,b",
        "a^b",
        "a!b",
        "a".repeat(1024),
        "\ud83d\ude00".repeat(1024),
        "user 123",
        "a  b",
        "a [b] {c} (d)",
        "organization:acme:project:Default Project:workspace:w:run_phase:apply",
        "{0f1e2d3c}:{4b5a6978}",
        "user(1",
        "user]1",
        "\u7528\u6237123",
        "user\ud83d\ude00123",
        "\u00fcser",
        "e\u0301",
    };

    static final String[] NO_SUBJECTS = {
        "",
        "a".repeat(1025),
        "\ud83d\ude00".repeat(1025),
        " ",
        " user",
        "user ",
        "user\t123",
        "user123\n",
        "user123\r",
        "user\u0000123",
        "user\u001b[0m",
        "user\u007f",
        "user'123",
        "user\"123",
        "user`id`",
        "user\\123",
        "user<x",
        "user>x",
        "user;123",
        "user&123",
        "user$HOME",
        "user\u00a0x",
        "user\u200bx",
        "user\u202ex",
        "user\u2028x",
        "user\u0085x",
        "user\u3000x",
        "user\ue000x",
        "\ufeffuser",
        "user\u0378x",
        "us\u00ader",
        "user\ud83dx",
    };

    static final String[] AUDIENCES = {
        "service123",
        "service-123",
        "service_123",
        "service.123",
        "service:123",
        "service/path",
        "https://github.com/octo-org",
        "https://x.example/?a=b",
        "a".repeat(255),
        "d\u00efenst",
        "svc\ud83d\ude00",
        "a+b=c",
    };

    static final String[] NO_AUDIENCES = {
        "",
        "a".repeat(256),
        "\u0000".repeat(20),
        "service 123",
        "service123\n",
        "service<script>",
        "service@domain",
        "a|b",
        "a'b",
        "a\"b",
        "a`b",
        "a\\b",
        "a;b",
        "a&b",
        "a$b",
        "a(b)",
        "a[b]",
        "a{b}",
        "a\u00a0b",
        "a\u200bb",
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
    @FieldSource("SUBJECTS")
    void accepts_a_subject(String subject) {
        assertThat(Formats.isSubject(subject)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("NO_SUBJECTS")
    void refuses_a_subject(String subject) {
        assertThat(Formats.isSubject(subject)).isFalse();
    }

    @ParameterizedTest
    @FieldSource("AUDIENCES")
    void accepts_an_audience(String audience) {
        assertThat(Formats.isAudience(audience)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("NO_AUDIENCES")
    void refuses_an_audience(String audience) {
        assertThat(Formats.isAudience(audience)).isFalse();
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

    @Test
    void counts_characters_and_not_their_encoding() {
        assertThat(Formats.isAudience("\ud83d\ude00".repeat(255))).isTrue();
        assertThat(Formats.isAudience("\ud83d\ude00".repeat(256))).isFalse();
    }
}
