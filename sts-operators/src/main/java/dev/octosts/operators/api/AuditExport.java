package dev.octosts.operators.api;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.http.AuditQuery;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.AuditPlace;
import dev.octosts.operators.spi.AuditSearch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes many records, page by page, so that no export holds a connection of the database while its reader is slow. */
final class AuditExport {

    /** As many records as one export has. The place of the last one is where the next one goes on. */
    static final int MOST = 50_000;

    private static final int PAGE = AuditQuery.MOST;

    private AuditExport() {}

    /** The forms of an export. */
    enum ExportForm {
        NDJSON,
        CSV
    }

    static void write(AuditSearch audit, AuditQuery query, int most, ExportForm form, OutputStream out)
            throws IOException, StoreException {
        if (form == ExportForm.CSV) {
            line(out, header());
        }
        Optional<AuditPlace> behind = query.behind();
        int left = most;
        while (left > 0) {
            List<AuditEntry> page = audit.search(query.filter(), behind, Math.min(left, PAGE));
            for (AuditEntry entry : page) {
                line(
                        out,
                        switch (form) {
                            case NDJSON -> ApiJson.of(entry).toString();
                            case CSV -> row(entry);
                        });
            }
            if (page.size() < Math.min(left, PAGE)) {
                return;
            }
            left -= page.size();
            behind = Optional.of(page.getLast().place());
        }
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String header() {
        var names = new ArrayList<>(List.of("place", "id", "at"));
        for (AuditField field : AuditField.values()) {
            names.add(field.wireName());
        }
        names.addAll(List.of("blob", "expires_at", "installation", "data", "hash"));
        return String.join(",", names);
    }

    private static String row(AuditEntry entry) {
        var cells = new ArrayList<>(
                List.of(entry.place().toString(), entry.id(), entry.at().toString()));
        for (AuditField field : AuditField.values()) {
            cells.add(entry.text(field));
        }
        cells.addAll(List.of(
                entry.blob(),
                entry.expiresAt().map(Instant::toString).orElse(""),
                Long.toString(entry.installation()),
                entry.data(),
                entry.hash()));
        return cells.stream().map(AuditExport::cell).collect(Collectors.joining(","));
    }

    /** RFC 4180. A text of a stranger that a spreadsheet would compute gets a quotation mark in front. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
