package dev.octosts.operators.console;

import dev.octosts.operators.spi.PolicyNeeds;
import dev.octosts.operators.spi.TokenUse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a token was used for. It says so where that is not known. */
final class UsageView {

    private static final int MOST = 50;
    private static final String GIVEN_BACK = "DELETE /installation/token";

    private UsageView() {}

    static Html of(TokenUse use) {
        var html = new Html().open("section", "class", "card").put("h2", "What its token was used for");
        html.put("p", words(use.known()), "class", "aside");
        if (use.events() == 0) {
            html.put("p", use.known() == TokenUse.Known.REQUESTS ? "Nothing." : "Nothing is known.");
            return html.close("section");
        }
        html.open("dl").put("dt", "Events").put("dd", use.events() + (use.whole() ? "" : " and more"));
        use.first()
                .ifPresent(time -> html.put("dt", "First")
                        .open("dd")
                        .add(Times.of(time))
                        .text(" UTC")
                        .close("dd"));
        use.last()
                .ifPresent(time -> html.put("dt", "Last")
                        .open("dd")
                        .add(Times.of(time))
                        .text(" UTC")
                        .close("dd"));
        html.put("dt", "From").put("dd", use.places().isEmpty() ? "not known" : inWords(use.places()));
        html.close("dl");
        use.late()
                .ifPresent(late -> html.put(
                        "p",
                        "Used after the end of its run: run " + late.run() + " ended at " + Times.text(late.ended())
                                + " UTC; " + late.events() + " events came later, the last at "
                                + Times.text(late.last()) + " UTC.",
                        "class",
                        "failure"));
        html.add(counts("Actions", "Action", use.actions()))
                .add(counts("Repositories", "Repository", use.repositories()))
                .add(requests(use.requests()));
        return html.close("section");
    }

    private static String words(TokenUse.Known known) {
        return switch (known) {
            case NOT_ALL ->
                "GitHub's audit log of this account did not come in for all of the time in which the token was valid"
                        + " (octo-sts audit import, or GitHub's stream).";
            case LOG ->
                "GitHub's audit log of this time came in, without requests to the API. Only streams have these.";
            case REQUESTS -> "GitHub's audit log of this time came in, with requests to the API.";
        };
    }

    /** The same of all tokens of a policy. */
    static String words(PolicyNeeds needs) {
        String log = needs.log()
                .or(needs::requestLog)
                .map(known -> "GitHub's audit log of this account came in from " + words(known))
                .orElse(
                        "GitHub's audit log of this account has not come in (octo-sts audit import, or GitHub's stream)");
        String requests = needs.requestLog()
                .map(known -> ", with requests to the API from " + words(known) + ".")
                .orElse(", without requests to the API. Only streams have these.");
        return log + (needs.log().or(needs::requestLog).isEmpty() ? "." : requests);
    }

    private static String words(PolicyNeeds.KnownTime known) {
        return Times.text(known.from()) + " to " + Times.text(known.until()) + " UTC";
    }

    /** A table of requests. The one that ends a token is named: an operator's call and the holder's look the same. */
    static Html requests(Map<String, Long> answers) {
        var named = new TreeMap<String, Long>();
        answers.forEach((request, times) ->
                named.put(request.startsWith(GIVEN_BACK) ? request + " (given back)" : request, times));
        return counts("Requests to the API", "Request, with GitHub's answer", named);
    }

    private static String inWords(Map<String, Long> places) {
        return sorted(places).stream()
                .map(place -> place.getKey() + " (" + place.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    /** A table of counts, the highest first. */
    static Html counts(String title, String of, Map<String, Long> counts) {
        var html = new Html();
        if (counts.isEmpty()) {
            return html;
        }
        html.put("h3", title);
        Html table = ConsoleFrame.table(title, List.of(of, "Times"), Set.of("Times"));
        sorted(counts)
                .forEach(count -> table.open("tr")
                        .put("th", count.getKey(), "scope", "row", "class", "long")
                        .put("td", Long.toString(count.getValue()), "class", "number")
                        .close("tr"));
        html.add(ConsoleFrame.endTable(table));
        if (counts.size() > MOST) {
            html.put("p", "These are the first of " + counts.size() + ".", "class", "aside");
        }
        return html;
    }

    private static List<Map.Entry<String, Long>> sorted(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Comparator.comparing(Map.Entry::getKey)))
                .limit(MOST)
                .toList();
    }
}
