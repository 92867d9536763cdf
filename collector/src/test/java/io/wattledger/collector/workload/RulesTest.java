package io.wattledger.collector.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTest {
    private final Workload job = new Workload(
            "slurm", "7", "fit", "ann", null, "lab", Map.of("slurm.partition", "gpu"), Map.of("STAGE", "prod"));

    @Test
    void theFirstRuleThatFitsCounts() {
        var rules = parse("""
                # batch
                kind=docker -> ignore
                kind=slurm user=a?n label.slurm.partition=g* env.STAGE=prod -> project=physics
                kind=* -> project=rest   # never reached for the job
                """);

        assertThat(account(rules).project()).isEqualTo("physics");
    }

    @Test
    void allConditionsMustFitAndAnAbsentFieldFitsNone() {
        assertThat(parse("kind=slurm user=bob -> ignore").decide(job).byRule()).isFalse();
        assertThat(parse("namespace=* -> ignore").decide(job).byRule()).isFalse();
        assertThat(parse("user=an -> ignore").decide(job).byRule()).isFalse();
        assertThat(parse("user=a.n -> ignore").decide(job).byRule()).isFalse();
    }

    @Test
    void leavesAloneWhatIsToBeIgnored() {
        assertThat(parse("kind=slurm -> ignore").decide(job).account()).isEmpty();
    }

    @Test
    void fillsInFields() {
        var account = account(
                parse(
                        "kind=slurm -> project=\"the {user} lab\" name={name}-{id} label.stage={env.STAGE} label.x={env.NONE}"));

        assertThat(account.project()).isEqualTo("the ann lab");
        assertThat(account.name()).isEqualTo("fit-7");
        assertThat(account.labels()).isEqualTo(Map.of("stage", "prod"));
    }

    @Test
    void addsKindsOfTheUsersOwn() {
        var rules = parse("group batch ^/batch/(?<id>[0-9]+) ");

        assertThat(rules.patterns()).extracting(GroupPattern::kind).containsExactly("batch");
    }

    @Test
    void reportsAllThatIsWrongWithItsLine() {
        var problems = new ArrayList<String>();
        Rules.parse("""
                kind=slurm

                knd=slurm -> ignore
                -> ignore
                kind=slurm -> ignore project=a
                kind=slurm ->
                kind=slurm -> project=a project=b name={nme}
                group batch [
                group slurm ^/(?<id>x)
                kind="slurm -> ignore
                """.lines().toList(), "rules", problems);

        assertThat(problems)
                .extracting(text -> text.substring(0, text.indexOf(':')))
                .containsExactly(
                        "rules, line 1",
                        "rules, line 3",
                        "rules, line 4",
                        "rules, line 5",
                        "rules, line 6",
                        "rules, line 7",
                        "rules, line 7",
                        "rules, line 8",
                        "rules, line 9",
                        "rules, line 10",
                        "rules, line 10");
        assertThat(problems.get(1)).contains("knd=slurm").contains("namespace");
        assertThat(String.join("\n", problems)).contains("{nme}").contains("is said twice");
    }

    private Rules.Account account(Rules rules) {
        return rules.decide(job).account().orElseThrow();
    }

    private static Rules parse(String text) {
        var problems = new ArrayList<String>();
        var rules = Rules.parse(text.lines().toList(), "rules", problems);
        assertThat(problems).isEqualTo(List.of());
        return rules;
    }
}
