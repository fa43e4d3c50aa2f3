package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.repository.PolicyKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The policy and the token that the tables start from; the token satisfies the policy. */
public final class Policies {
    static final String DOMAIN = "sts.example";
    static final String ISSUER = "https://issuer.example/main";
    static final String HEAD = "issuer: " + ISSUER + "\nsubject: sub-ok\n";
    static final String PERMISSIONS = "permissions:\n  issues: write\n";
    static final String ACCEPTED = HEAD + PERMISSIONS;

    private Policies() {}

    static TrustPolicy.Reading read(String file) {
        return TrustPolicy.read(file.getBytes(StandardCharsets.UTF_8), PolicyKind.REPOSITORY);
    }

    static TrustPolicy.Reading readOrganization(String file) {
        return TrustPolicy.read(file.getBytes(StandardCharsets.UTF_8), PolicyKind.ORGANIZATION);
    }

    public static TrustPolicy valid(TrustPolicy.Reading reading) {
        assertThat(reading).isInstanceOf(TrustPolicy.Reading.Valid.class);
        return ((TrustPolicy.Reading.Valid) reading).policy();
    }

    public static TrustPolicy valid(String file) {
        return valid(read(file));
    }

    static List<Fault> unparsable(TrustPolicy.Reading reading) {
        assertThat(reading).isInstanceOf(TrustPolicy.Reading.Unparsable.class);
        return ((TrustPolicy.Reading.Unparsable) reading).faults();
    }

    static List<Fault> invalid(TrustPolicy.Reading reading) {
        assertThat(reading).isInstanceOf(TrustPolicy.Reading.Invalid.class);
        return ((TrustPolicy.Reading.Invalid) reading).faults();
    }

    static Claims token() {
        return token(Map.of());
    }

    /** The accepted token with some claims changed; {@code iss}, {@code sub} and {@code aud} as they are named. */
    static Claims token(Map<String, ?> changed) {
        var all = new HashMap<String, Object>(
                Map.of("iss", ISSUER, "sub", "sub-ok", "aud", DOMAIN, "exp", 2_000_000_000));
        all.putAll(changed);
        Object audience = all.get("aud");
        List<String> audiences = audience instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(audience));
        return new Claims(String.valueOf(all.get("iss")), String.valueOf(all.get("sub")), audiences, all);
    }
}
