package dev.octosts.operators;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.AuditFilter;
import dev.octosts.operators.spi.AuditPlace;
import dev.octosts.operators.spi.AuditSearch;
import dev.octosts.operators.spi.DenyDesk;
import dev.octosts.operators.spi.PolicyNeeds;
import dev.octosts.operators.spi.PolicyUse;
import dev.octosts.operators.spi.Reach;
import dev.octosts.operators.spi.RecallDesk;
import dev.octosts.operators.spi.ServiceView;
import dev.octosts.operators.spi.TokenUse;
import dev.octosts.operators.spi.UsageDesk;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the service has, in memory. */
final class MemoryStores implements AuditSearch, DenyDesk, UsageDesk, ServiceView {

    static final Instant TIME = Instant.parse("2026-11-30T02:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-11-30");

    final List<AuditEntry> entries = new ArrayList<>();
    final List<Listed> rules = new ArrayList<>();
    final List<InstallationQuota> quotas = new ArrayList<>();
    final List<String> refreshed = new ArrayList<>();
    final List<String> recalls = new ArrayList<>();
    String stranger = "GET /repos";
    Optional<Instant> oldest = Optional.of(TIME.minusSeconds(500 * 86_400L));
    boolean on = true;
    boolean recallOn = true;
    RecallDesk.Recalled recalled = new RecallDesk.Recalled(2, 1, 0, 0, 0);
    boolean fails;
    boolean issuerFails;
    Optional<String> appTrouble = Optional.empty();

    /** A record; the newest has the highest number. */
    AuditEntry record(String owner, Map<AuditField, String> more, String data) {
        var fields = new EnumMap<AuditField, String>(AuditField.class);
        fields.put(AuditField.KIND, "exchange");
        fields.put(AuditField.OUTCOME, "granted");
        fields.put(AuditField.OWNER, owner);
        fields.put(AuditField.REPOSITORY, "repo-of-" + owner);
        fields.put(AuditField.POLICY, owner + "/repo-of-" + owner + "/.github/chainguard/ci.sts.yaml");
        fields.putAll(more);
        int number = entries.size() + 1;
        var entry = new AuditEntry(
                new AuditPlace(DAY, number),
                "id-" + number,
                TIME.plusSeconds(number),
                fields,
                "b".repeat(40),
                Optional.of(TIME.plusSeconds(3_600)),
                7,
                data,
                "c".repeat(64));
        entries.add(entry);
        return entry;
    }

    AuditEntry record(String owner) {
        return record(owner, Map.of(), "{}");
    }

    @Override
    public boolean isOn() {
        return on;
    }

    private void check() throws StoreException {
        if (fails) {
            throw new StoreException("down", null);
        }
    }

    @Override
    public List<AuditEntry> search(AuditFilter filter, Optional<AuditPlace> behind, int most) throws StoreException {
        check();
        return entries.stream()
                .filter(entry -> filter.reach().includes(entry.text(AuditField.OWNER)))
                .filter(entry -> filter.fields().entrySet().stream()
                        .allMatch(wanted -> entry.text(wanted.getKey()).equals(wanted.getValue())))
                .filter(entry -> filter.from().filter(entry.at()::isBefore).isEmpty())
                .filter(entry ->
                        filter.to().filter(end -> !entry.at().isBefore(end)).isEmpty())
                .filter(entry ->
                        behind.isEmpty() || entry.place().seq() < behind.get().seq())
                .sorted(Comparator.comparingLong(
                                (AuditEntry entry) -> entry.place().seq())
                        .reversed())
                .limit(most)
                .toList();
    }

    @Override
    public Optional<Instant> oldest() throws StoreException {
        check();
        return oldest;
    }

    @Override
    public Optional<AuditEntry> find(AuditPlace place, Reach reach) throws StoreException {
        check();
        return search(AuditFilter.all(reach), Optional.empty(), Integer.MAX_VALUE).stream()
                .filter(entry -> entry.place().equals(place))
                .findFirst();
    }

    @Override
    public List<PolicyUse> policies(Reach reach, int days, boolean unused, String behind, int most)
            throws StoreException {
        check();
        return entries.stream()
                .filter(entry -> reach.includes(entry.text(AuditField.OWNER)))
                .filter(entry -> entry.text(AuditField.POLICY).compareTo(behind) > 0)
                .limit(most)
                .map(entry -> new PolicyUse(
                        entry.text(AuditField.POLICY),
                        entry.text(AuditField.OWNER),
                        entry.text(AuditField.REPOSITORY),
                        entry.text(AuditField.IDENTITY),
                        1,
                        2,
                        Optional.of(entry.at()),
                        Optional.empty(),
                        true))
                .toList();
    }

    @Override
    public List<Listed> rules() throws StoreException {
        check();
        return List.copyOf(rules);
    }

    @Override
    public void add(DenyRule rule, String by) {
        rules.add(new Listed(rule, by, TIME));
    }

    @Override
    public boolean remove(String id, String by, String why) {
        return rules.removeIf(listed -> listed.rule().id().equals(id));
    }

    @Override
    public TokenUse ofToken(AuditEntry exchange) throws StoreException {
        check();
        return new TokenUse(
                TokenUse.Known.REQUESTS,
                3,
                false,
                Optional.of(TIME),
                Optional.of(TIME.plusSeconds(60)),
                Map.of(stranger, 3L),
                Map.of(stranger + " of " + exchange.text(AuditField.OWNER), 2L),
                Map.of(exchange.text(AuditField.OWNER) + "/" + stranger, 3L),
                Map.of(stranger, 3L),
                Optional.of(new TokenUse.Late(stranger, TIME, 1, TIME.plusSeconds(600))));
    }

    @Override
    public Optional<PolicyNeeds> ofPolicy(String path, Reach reach) throws StoreException {
        check();
        return entries.stream()
                .filter(entry -> entry.text(AuditField.POLICY).equals(path))
                .filter(entry -> entry.text(AuditField.OUTCOME).equals("granted"))
                .filter(entry -> reach.includes(entry.text(AuditField.OWNER)))
                .findFirst()
                .map(entry -> new PolicyNeeds(
                        path,
                        entry.text(AuditField.OWNER),
                        entry.blob(),
                        4,
                        Optional.of(TIME),
                        List.of(
                                new PolicyNeeds.NeededPermission(
                                        "contents", "write", "read", PolicyNeeds.PermissionUse.NARROWER, ""),
                                new PolicyNeeds.NeededPermission(
                                        "issues", "write", "", PolicyNeeds.PermissionUse.UNUSED, ""),
                                new PolicyNeeds.NeededPermission(
                                        "packages", "read", "", PolicyNeeds.PermissionUse.UNKNOWN, stranger)),
                        7,
                        Map.of(stranger, 7L),
                        Map.of(stranger, 6L),
                        Map.of(stranger + ": 404", 5L, "DELETE /installation/token: 204", 1L),
                        List.of(stranger),
                        List.of("refused " + stranger),
                        List.of(stranger),
                        Map.of(stranger, TIME),
                        List.of(new PolicyNeeds.LateUse("d".repeat(64), stranger, TIME, TIME, 1)),
                        Map.of("contents", "read"),
                        "--- a/x\n+++ b/x\n-  issues: write # " + stranger + "\n",
                        stranger,
                        Optional.of(new PolicyNeeds.KnownTime(TIME, TIME.plusSeconds(60))),
                        Optional.empty()));
    }

    /** Taking tokens back is switched on apart from all others. */
    final RecallDesk recall = new RecallDesk() {

        @Override
        public boolean isOn() {
            return recallOn;
        }

        @Override
        public long held(Holder holder) throws StoreException {
            check();
            return 3;
        }

        @Override
        public Recalled recall(Holder holder, String by, String why) throws StoreException {
            check();
            recalls.add(holder + " by " + by + ": " + why);
            return recalled;
        }
    };

    @Override
    public State state() {
        return new State(
                "1.2.3",
                "sts.example.com",
                TIME,
                List.of(new App(1001, Optional.of("SHA256:abc"), appTrouble)),
                List.of(new Issuer("https://issuer.example", 2, TIME, issuerFails, true)),
                List.of(new Cache("policies", 5, 1)),
                new Records("async", 10, 0, 0, true),
                "0 in force");
    }

    @Override
    public List<InstallationQuota> quotas() {
        return List.copyOf(quotas);
    }

    @Override
    public void refresh() {
        refreshed.add("all");
    }

    @Override
    public void forgetKeys(String issuer) {
        refreshed.add(issuer);
    }
}
