package dev.octosts.app.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the workflow run in the data of a record. */
public final class RecordedRun {

    /** Quotes in texts are escaped, so nothing that a caller chose can look like this field. */
    private static final Pattern RUN = Pattern.compile("[,{]\"run_id\":\"([0-9]{1,20})\"");

    private RecordedRun() {}

    /** The run; empty when the record has none. */
    public static String of(String data) {
        Matcher run = RUN.matcher(data);
        return run.find() ? run.group(1) : "";
    }
}
