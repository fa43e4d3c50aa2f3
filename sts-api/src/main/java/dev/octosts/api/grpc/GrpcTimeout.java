package dev.octosts.api.grpc;

import dev.octosts.api.ProblemCode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code grpc-timeout}: up to eight digits and a unit. */
public final class GrpcTimeout {

    /** The header's name. */
    public static final String HEADER = "grpc-timeout";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,8})([HMSmun])");
    private static final long MOST = 99_999_999;

    private GrpcTimeout() {}

    /** Reads the header. */
    public static Duration read(String text) throws GrpcFault {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new GrpcFault(ProblemCode.INTERNAL, "malformed grpc-timeout: up to eight digits and one of HMSmun");
        }
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "H" -> Duration.ofHours(number);
            case "M" -> Duration.ofMinutes(number);
            case "S" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMillis(number);
            case "u" -> Duration.of(number, ChronoUnit.MICROS);
            default -> Duration.ofNanos(number);
        };
    }

    /** A time as the header carries it, in milliseconds. */
    public static String write(Duration time) {
        return Math.clamp(time.toMillis(), 1, MOST) + "m";
    }
}
