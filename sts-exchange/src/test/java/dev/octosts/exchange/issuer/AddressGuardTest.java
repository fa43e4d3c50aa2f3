package dev.octosts.exchange.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.exchange.issuer.AddressGuard.NameLookup;
import dev.octosts.exchange.issuer.AddressGuard.RefusedHostException;
import dev.octosts.exchange.issuer.PermittedIssuers.Lifetimes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static AddressGuard guard(boolean loopback, boolean privately, NameLookup names) {
        return new AddressGuard(new PermittedIssuers(Set.of(), loopback, privately, Lifetimes.standard()), names);
    }

    private static NameLookup answering(String... addresses) {
        return _ -> Arrays.stream(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private static boolean permits(AddressGuard guard, String host) {
        try {
            guard.resolve(host);
            return true;
        } catch (RefusedHostException _) {
            return false;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.1.1",
                "198.17.0.1",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void permit_public_address(String address) {
        assertThat(permits(guard(false, false, answering(address)), "issuer.example"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "fc00::1",
                "fd12:3456::1"
            })
    void permit_private_address_only_when_told_so(String address) {
        assertThat(permits(guard(true, false, answering(address)), "issuer.example"))
                .isFalse();
        assertThat(permits(guard(false, true, answering(address)), "issuer.example"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "127.0.0.1",
                "127.0.0.2",
                "127.1.0.1",
                "127.255.255.255",
                "169.254.169.254",
                "169.254.0.1",
                "192.0.0.1",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "100.100.100.200",
                "168.63.129.16",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "::8.8.8.8",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "fd00:ec2::254",
                "2001:db8::1",
                "2001::1",
                "2001:10::1",
                "3fff::1",
                "64:ff9b::a00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::7f00:1",
                "64:ff9b:1::808:808",
                "2002:a00:1::1",
                "2002:7f00:1::1",
                "2002:c0a8:101::1",
                "100::1",
                "5f00::1"
            })
    void never_permit_address_of_a_name(String address) {
        assertThat(permits(guard(true, true, answering("8.8.8.8")), "issuer.example"))
                .isTrue();
        boolean mapped = address.equals("::ffff:10.0.0.1");

        assertThat(permits(guard(true, !mapped, answering(address)), "issuer.example"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
    void permit_this_machine_under_its_three_names_when_told_so(String host) {
        NameLookup names = host.equals("localhost") ? answering("127.0.0.1", "::1") : InetAddress::getAllByName;

        assertThat(permits(guard(true, false, names), host)).isTrue();
        assertThat(permits(guard(false, true, names), host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "127.1", "[::ffff:127.0.0.1]", "[::]", "0.0.0.0"})
    void permit_no_other_name_of_this_machine(String host) {
        assertThat(permits(guard(true, true, InetAddress::getAllByName), host)).isFalse();
    }

    @Test
    void refuse_a_host_when_one_of_its_addresses_is_refused() {
        assertThat(permits(guard(false, false, answering("8.8.8.8", "10.0.0.1")), "issuer.example"))
                .isFalse();
    }

    @Test
    void limit_how_many_addresses_are_tried() throws UnknownHostException {
        NameLookup many = answering("8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4", "8.8.8.5");

        assertThat(guard(false, false, many).resolve("issuer.example")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1.",
                "10.0.0.1",
                "10.0.0.1.",
                "169.254.169.254",
                "[::1]",
                "[fd00::1]",
                "[::ffff:10.0.0.1]",
                "localhost",
                "LocalHost",
                "localhost.",
                "a.localhost",
                "a.LOCALHOST.",
                "2130706433",
                "0x7f.1",
                "0x7f000001",
                "127.1",
                "017700000001",
                "0177.0.0.1",
                "8.8.8.08",
                "010.8.8.8",
                "8.8.8.0x8",
                "10.1",
                "internal",
                "keycloak",
                "keycloak.",
                "metadata.google.internal",
                "METADATA.google.Internal.",
                "printer.local",
                "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local",
                "box.home.arpa",
                "box.localdomain",
                "box.lan",
                "login.corp",
                "box.home",
                "wiki.intranet",
                "wiki.private",
                "a.test",
                "a.invalid",
                "a.example",
                "a.onion",
                "a.alt",
                "mail.mail",
                "a..dev",
                "a.dev..",
                ".dev",
                "."
            })
    void refuse_name_before_a_proxy(String host) {
        AddressGuard guard = guard(false, false, InetAddress::getAllByName);

        assertThatExceptionOfType(RefusedHostException.class).isThrownBy(() -> guard.checkName(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issuer.example.com",
                "Issuer.Example.COM.",
                "8.8.8.8",
                "0.example.com",
                "[2606:4700::1111]",
                "1password.example.com",
                "internal.example.com",
                "corp.example.com",
                "local.dev",
                "notlocal.dev",
                "xlocal" + ".com"
            })
    void leave_name_to_a_proxy(String host) {
        assertThatCode(() -> guard(false, false, InetAddress::getAllByName).checkName(host))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak", "login.corp", "kubernetes.default.svc.cluster.local", "10.0.0.1", "a.test"})
    void leave_name_of_a_private_network_to_a_proxy_when_told_so(String host) {
        assertThatCode(() -> guard(false, true, InetAddress::getAllByName).checkName(host))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "a.localhost", "169.254.169.254", "127.0.0.1", "[::1]"})
    void never_leave_this_machine_to_a_proxy(String host) {
        AddressGuard guard = guard(false, true, InetAddress::getAllByName);

        assertThatExceptionOfType(RefusedHostException.class).isThrownBy(() -> guard.checkName(host));
    }

    @Test
    void leave_the_host_of_an_issuer_that_the_operator_lists_to_a_proxy() {
        AddressGuard guard = new AddressGuard(
                new PermittedIssuers(
                        Set.of("https://Login.corp/realm", "https://localhost/x"), false, false, Lifetimes.standard()),
                InetAddress::getAllByName);

        assertThatCode(() -> guard.checkName("login.corp.")).doesNotThrowAnyException();
        for (String other : new String[] {"other.corp", "x.login.corp", "localhost"}) {
            assertThatExceptionOfType(RefusedHostException.class).isThrownBy(() -> guard.checkName(other));
        }
    }
}
