package dev.octosts.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octosts.api.BearerToken;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecurityTokenServiceTest {

    private static final Instant EXPIRY = Instant.parse("2026-11-29T13:00:00Z");
    private static final SecurityTokenService.Metadata METADATA =
            new SecurityTokenService.Metadata(List.of("Bearer a.b.c"), "agent/1", "id-1");

    private final List<ExchangeRequest> requests = new ArrayList<>();
    private ExchangeResult result = new ExchangeResult.Granted(new InstallationToken("ghs_x", EXPIRY), Map.of());

    private byte[] call(ExchangeCall call, SecurityTokenService.Metadata metadata) throws GrpcFault {
        var service = new SecurityTokenService(request -> {
            requests.add(request);
            return result;
        });
        return service.call("Exchange", call.toBytes(), metadata);
    }

    @Test
    void passes_everything_on_and_answers_the_token_with_its_expiry() throws GrpcFault {
        var token = RawToken.parse(call(new ExchangeCall("o/r", "ci"), METADATA));

        assertThat(token).isEqualTo(new RawToken("ghs_x", Optional.of(EXPIRY)));
        var request = requests.getFirst();
        assertThat(request.bearer()).contains(new BearerToken("a.b.c"));
        assertThat(request.scope()).isEqualTo("o/r");
        assertThat(request.identity()).isEqualTo("ci");
        assertThat(request.userAgent()).isEqualTo("agent/1");
        assertThat(request.requestId()).isEqualTo("id-1");
        assertThat(request.subset().isEverything()).isTrue();
    }

    @Test
    void prefers_the_scope_of_scopes_and_refuses_several() throws GrpcFault {
        call(new ExchangeCall("o/r", List.of("o/other"), "ci"), METADATA);
        assertThat(requests.getFirst().scope()).isEqualTo("o/other");

        var several = new ExchangeCall("o/r", List.of("a", "b"), "ci");
        var fault = catchThrowableOfType(GrpcFault.class, () -> call(several, METADATA));
        assertThat(fault.problem())
                .isEqualTo(new Problem(ProblemCode.INVALID_ARGUMENT, "multiple scopes not supported"));
    }

    @Test
    void has_no_bearer_without_exactly_one_authorization() throws GrpcFault {
        call(new ExchangeCall("o/r", "ci"), new SecurityTokenService.Metadata(List.of(), "", "id"));
        call(
                new ExchangeCall("o/r", "ci"),
                new SecurityTokenService.Metadata(List.of("Bearer a", "Bearer b"), "", "id"));

        assertThat(requests).allSatisfy(request -> assertThat(request.bearer()).isEmpty());
    }

    @Test
    void refuses_with_the_problem_of_the_exchange() {
        var problem = new Problem(ProblemCode.UNAVAILABLE, "busy", Duration.ofSeconds(3));
        result = new ExchangeResult.Refused(problem);

        var fault = catchThrowableOfType(GrpcFault.class, () -> call(new ExchangeCall("o/r", "ci"), METADATA));

        assertThat(fault.problem()).isEqualTo(problem);
    }

    @Test
    void has_no_refresh_tokens_and_no_other_methods() {
        var service = new SecurityTokenService(request -> result);

        var refresh = catchThrowableOfType(
                GrpcFault.class, () -> service.call("ExchangeRefreshToken", new byte[0], METADATA));
        var unknown = catchThrowableOfType(GrpcFault.class, () -> service.call("Mint", new byte[0], METADATA));

        assertThat(refresh.problem())
                .isEqualTo(new Problem(ProblemCode.UNIMPLEMENTED, "octo-sts does not support refresh tokens"));
        assertThat(unknown.problem().message())
                .isEqualTo("unknown method Mint for service chainguard.platform.oidc.SecurityTokenService");
    }

    @Test
    void keeps_the_bearer_out_of_texts() {
        assertThat(METADATA.toString()).doesNotContain("a.b.c");
    }
}
