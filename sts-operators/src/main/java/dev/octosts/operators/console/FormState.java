package dev.octosts.operators.console;

import dev.octosts.operators.http.CallRefused;
import dev.octosts.operators.http.OperatorCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a form shows.
 *
 * @param values of its fields
 * @param fault what is wrong with them
 */
record FormState(Map<String, String> values, Optional<CallRefused> fault) {

    /** The element that a wrong field is described by. A page has one wrong form at most. */
    private static final String MESSAGE = "fault";

    /** A form that nobody has filled. */
    static final FormState EMPTY = new FormState(Map.of(), Optional.empty());

    FormState {
        values = Map.copyOf(values);
    }

    /** A form that has the values of the address. */
    static FormState of(OperatorCall call) {
        return new FormState(call.query(), Optional.empty());
    }

    /** A form as it was sent, with what is wrong with it. */
    static FormState refused(Map<String, String> sent, CallRefused fault) {
        return new FormState(sent, Optional.of(fault));
    }

    boolean isRefused() {
        return fault.isPresent();
    }

    /** The status of a page with this form. */
    int status() {
        return fault.map(CallRefused::status).orElse(200);
    }

    /** What is wrong; nothing where nothing is. It calls parameters as the labels do. */
    Html message() {
        var html = new Html();
        fault.ifPresent(refused -> {
            String text = refused.text(name -> "“" + FormField.label(name) + "”");
            html.put(
                    "p",
                    Character.toUpperCase(text.charAt(0)) + text.substring(1),
                    "id",
                    MESSAGE,
                    "class",
                    "failure",
                    "role",
                    "alert");
        });
        return html;
    }

    /** Fields with their values; the one that is wrong is marked, and has the cursor. */
    Html fields(List<FormField> fields) {
        var html = new Html();
        fields.forEach(field -> html.open("label")
                .put("span", FormField.label(field.name()) + field.note())
                .open("input", attributes(field).toArray(String[]::new))
                .close("label"));
        return html;
    }

    private List<String> attributes(FormField field) {
        var attributes = new ArrayList<>(List.of(
                "name",
                field.name(),
                "value",
                values.getOrDefault(field.name(), ""),
                "placeholder",
                field.hint(),
                "autocomplete",
                "off",
                "spellcheck",
                "false",
                "maxlength",
                Integer.toString(field.longest())));
        if (field.isNeeded()) {
            attributes.addAll(List.of("required", "required"));
        }
        if (fault.filter(refused -> refused.isAbout(field.name())).isPresent()) {
            attributes.addAll(List.of("aria-invalid", "true", "aria-describedby", MESSAGE, "autofocus", "autofocus"));
        }
        return attributes;
    }
}
