package dev.octosts.operators.console;

import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.Gate;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import java.util.List;
import java.util.Set;

/** What all pages of the console have around their contents. */
final class ConsoleFrame {

    private ConsoleFrame() {}

    private record Place(String path, String name, Need need) {}

    private static final List<Place> PLACES = List.of(
            new Place("/", "Now", Need.VIEWER),
            new Place("/exchanges", "Exchanges", Need.VIEWER),
            new Place("/policies", "Policies", Need.VIEWER),
            new Place("/stop", "Stop", Need.VIEWER),
            new Place("/service", "Service", Need.VIEWER_OF_ALL));

    /** A page for somebody who is there. */
    static OperatorAnswer page(OperatorCall call, String title, Html body) {
        var html = begin(title).open("header");
        html.open("nav", "aria-label", "Pages");
        html.put("strong", "Octo-STS");
        for (Place place : PLACES) {
            if (place.need().isMetBy(call.operator())) {
                boolean here = place.path().equals("/")
                        ? call.path().equals("/")
                        : call.path().startsWith(place.path());
                if (here) {
                    html.put("a", place.name(), "href", place.path(), "aria-current", "page");
                } else {
                    html.put("a", place.name(), "href", place.path());
                }
            }
        }
        html.close("nav").open("div", "class", "who");
        html.put("span", call.operator().name() + ", " + call.operator().role());
        if (call.session().isPresent()) {
            html.open("form", "method", "post", "action", "/logout").add(csrf(call));
            html.put("button", "Log out").close("form");
        }
        html.close("div").close("header");
        return OperatorAnswer.page(200, end(html, title, body));
    }

    /** A page for anybody. */
    static String plain(String title, Html body) {
        return end(begin(title), title, body);
    }

    private static Html begin(String title) {
        return new Html()
                .doctype()
                .open("html", "lang", "en")
                .open("head")
                .open("meta", "charset", "utf-8")
                .open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .open("meta", "name", "color-scheme", "content", "light dark")
                .put("title", title + " · Octo-STS")
                .open("link", "rel", "stylesheet", "href", "/console.css")
                .close("head")
                .open("body")
                .put("a", "Skip to the contents", "class", "skip", "href", "#contents");
    }

    private static String end(Html html, String title, Html body) {
        return html.open("main", "id", "contents")
                .put("h1", title)
                .add(body)
                .close("main")
                .close("body")
                .close("html")
                .toString();
    }

    /** The field that proves that a form comes from a page of this console. */
    static Html csrf(OperatorCall call) {
        return new Html().open("input", "type", "hidden", "name", Gate.CSRF_FIELD, "value", call.csrf());
    }

    /** A field of a form, with its label. */
    static Html field(String name, String label, String value, String hint) {
        return new Html()
                .open("label")
                .put("span", label)
                .open(
                        "input",
                        "name",
                        name,
                        "value",
                        value,
                        "placeholder",
                        hint,
                        "autocomplete",
                        "off",
                        "spellcheck",
                        "false")
                .close("label");
    }

    /** Begins what may be wider than the page, so that keys can scroll it; ends with a {@code div}. */
    static Html wide(String label) {
        return new Html().open("div", "class", "wide", "role", "region", "tabindex", "0", "aria-label", label);
    }

    /** Begins a table with a name and columns that may be wider than the page; ends with {@link #endTable}. */
    static Html table(String label, List<String> columns) {
        return table(label, columns, Set.of());
    }

    /** The same, where some columns have numbers: their names are above the numbers. */
    static Html table(String label, List<String> columns, Set<String> numbers) {
        Html html = wide(label).open("table").open("thead").open("tr");
        for (String name : columns) {
            if (name.isEmpty()) {
                html.put("td", "");
            } else if (numbers.contains(name)) {
                html.put("th", name, "scope", "col", "class", "number");
            } else {
                html.put("th", name, "scope", "col");
            }
        }
        return html.close("tr").close("thead").open("tbody");
    }

    /** Ends what {@link #table} began. */
    static Html endTable(Html table) {
        return table.close("tbody").close("table").close("div");
    }

    /** A hidden field. */
    static Html hidden(String name, String value) {
        return new Html().open("input", "type", "hidden", "name", name, "value", value);
    }
}
