package dev.octosts.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A problem in the form of RFC 9457. Only clients that ask for it get it: the form of {@link ErrorResponse} is older,
 * and existing clients read that one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
public final class ProblemDetails {

    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The page that describes each kind of problem. */
    private static final String PAGE = "https://github.com/octo-sts/octo-sts-java/blob/main/docs/problems.md#";

    private static final String PLAIN_JSON = "application/json";

    private ProblemDetails() {}

    /** The address that identifies a kind of problem and describes it. */
    public static String type(ProblemCode code) {
        return PAGE + code.name().toLowerCase(Locale.ROOT);
    }

    /** The members of the description, for the JSON object. */
    public static Map<String, Object> of(Problem problem, int status, RequestId requestId) {
        var details = new LinkedHashMap<String, Object>();
        details.put("type", type(problem.code()));
        details.put("title", problem.code().title());
        details.put("status", status);
        details.put("detail", problem.message());
        details.put("code", problem.code().number());
        if (!problem.rule().isEmpty()) {
            details.put("rule", problem.rule());
        }
        details.put("requestId", requestId.value());
        return details;
    }

    /**
     * Whether a client wants problems in this form: it names the media type, and likes no less than plain JSON.
     *
     * @param accept all values of the header {@code Accept}; what cannot be read in them is left out
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, section 12.5.1</a>
     */
    public static boolean areWanted(List<String> accept) {
        double details = 0;
        var json = new Preference();
        for (String header : accept) {
            for (String range : header.split(",", -1)) {
                String[] parts = range.split(";", -1);
                String type = parts[0].strip().toLowerCase(Locale.ROOT);
                double quality = quality(parts);
                if (type.equals(MEDIA_TYPE)) {
                    details = Math.max(details, quality);
                }
                json.consider(type, quality);
            }
        }
        return details > 0 && details >= json.quality;
    }

    /** How much the client likes plain JSON: the most specific range counts. */
    private static final class Preference {

        private int precision;
        private double quality;

        void consider(String type, double given) {
            int precisionOfType = switch (type) {
                case PLAIN_JSON -> 3;
                case "application/*" -> 2;
                case "*/*" -> 1;
                default -> 0;
            };
            if (precisionOfType > precision) {
                precision = precisionOfType;
                quality = given;
            } else if (precisionOfType == precision && precision > 0) {
                quality = Math.max(quality, given);
            }
        }
    }

    /** The weight of a media range: 1 unless it has one, and 0 when that cannot be read. */
    private static double quality(String[] parts) {
        for (int index = 1; index < parts.length; index++) {
            String parameter = parts[index].strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                String weight = parameter.substring(2);
                return weight.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(weight) : 0;
            }
        }
        return 1;
    }
}
