package io.wattledger.collector.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is done with work that is found. One rule a line, of which the first that fits counts:
 *
 * <pre>
 * # conditions -&gt; what follows
 * kind=slurm user=ann* -&gt; project=physics name={name} label.team=lasers
 * kind=kubernetes namespace=kube-* -&gt; ignore
 * kind=docker env.STAGE=prod label.app=web? -&gt; project="web shop" label.stage={env.STAGE}
 * group batch ^/batch[.]slice/(?&lt;user&gt;[a-z]+)-(?&lt;id&gt;[0-9]+)[.]scope
 * </pre>
 *
 * <p>Conditions compare fields (kind, id, name, user, namespace, project, label.KEY, env.VARIABLE) with patterns in which
 * {@code *} stands for anything and {@code ?} for one character; all must fit, and a field that is absent fits none. What
 * follows may take up fields in braces; where they are all absent it is as if it was not said. A line that begins with
 * {@code group} adds a kind of work by a {@linkplain GroupPattern regular expression}. Without a rule that fits, work is
 * accounted to the project that it names itself.
 */
final class Rules {
    static final Rules NONE = new Rules(List.of(), List.of());

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern FIELD = Pattern.compile("\\{([^{}]*)}");
    private static final String GROUP = "group";

    /** What a rule says, each null or empty where it says nothing. */
    record Account(@Nullable String project, @Nullable String name, Map<String, String> labels) {}

    /**
     * What is done.
     *
     * @param byRule whether a rule says so
     * @param account empty to leave it alone
     */
    record Decision(boolean byRule, Optional<Account> account) {}

    private record Condition(String field, Pattern pattern) {
        boolean fits(Workload workload) {
            return workload.field(field)
                    .filter(value -> pattern.matcher(value).matches())
                    .isPresent();
        }
    }

    private record Rule(List<Condition> conditions, boolean ignore, Map<String, String> outcome) {}

    private final List<Rule> rules;
    private final List<GroupPattern> patterns;

    private Rules(List<Rule> rules, List<GroupPattern> patterns) {
        this.rules = rules;
        this.patterns = patterns;
    }

    /**
     * Reads rules.
     *
     * @param problems takes everything that is wrong, each with its line
     */
    static Rules parse(List<String> lines, String file, List<String> problems) {
        var rules = new ArrayList<Rule>();
        var patterns = new ArrayList<GroupPattern>();
        for (int i = 0; i < lines.size(); i++) {
            var wrong = new ArrayList<String>();
            var line = lines.get(i).strip();
            if (line.startsWith(GROUP + " ")) {
                pattern(line, wrong).ifPresent(patterns::add);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                rules.add(rule(words(line, wrong), wrong));
            }
            for (var text : wrong) {
                problems.add(file + ", line " + (i + 1) + ": " + text);
            }
        }
        return new Rules(List.copyOf(rules), List.copyOf(patterns));
    }

    /** Kinds of work that the rules add. */
    List<GroupPattern> patterns() {
        return patterns;
    }

    Decision decide(Workload workload) {
        for (var rule : rules) {
            if (rule.conditions.stream().allMatch(condition -> condition.fits(workload))) {
                return new Decision(
                        true, rule.ignore ? Optional.empty() : Optional.of(account(rule.outcome, workload)));
            }
        }
        return new Decision(false, Optional.of(new Account(null, null, Map.of())));
    }

    private static Account account(Map<String, String> outcome, Workload workload) {
        var labels = new LinkedHashMap<String, String>();
        outcome.forEach((key, template) -> {
            var value = key.startsWith(Workload.LABEL) ? filled(template, workload) : null;
            if (value != null) {
                labels.put(key.substring(Workload.LABEL.length()), value);
            }
        });
        return new Account(filled(outcome.get("project"), workload), filled(outcome.get("name"), workload), labels);
    }

    private static @Nullable String filled(@Nullable String template, Workload workload) {
        if (template == null) {
            return null;
        }
        var fields = FIELD.matcher(template);
        var text = new StringBuilder();
        int last = 0;
        boolean asked = false;
        boolean answered = false;
        while (fields.find()) {
            var value = workload.field(fields.group(1));
            asked = true;
            answered |= value.isPresent();
            text.append(template, last, fields.start()).append(value.orElse(""));
            last = fields.end();
        }
        text.append(template, last, template.length());
        return (asked && !answered) || text.toString().isBlank() ? null : text.toString();
    }

    private static Optional<GroupPattern> pattern(String line, List<String> wrong) {
        var words = line.split("\\s+", 3);
        if (words.length < 3) {
            wrong.add("Not a pattern: it must be " + GROUP + ", a name for the kind, and a regular expression");
            return Optional.empty();
        }
        if (!KIND.matcher(words[1]).matches()) {
            wrong.add("The name of a kind must match " + KIND + ", not '" + words[1] + "'");
        }
        if (WorkloadSettings.PRESETS.contains(words[1])) {
            wrong.add("The kind " + words[1] + " is there already; choose another name");
        }
        try {
            return Optional.of(new GroupPattern(words[1], words[2]));
        } catch (IllegalArgumentException e) {
            wrong.add("Not a usable pattern " + words[2] + ": "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return Optional.empty();
        }
    }

    private static Rule rule(List<String> words, List<String> wrong) {
        int arrow = words.indexOf("->");
        if (arrow < 0) {
            wrong.add("No -> between conditions and what follows from them");
            return new Rule(List.of(), true, Map.of());
        }
        if (arrow == 0) {
            wrong.add("No condition before ->; kind=* fits everything");
        }
        var conditions = new ArrayList<Condition>();
        for (var word : words.subList(0, arrow)) {
            int equals = word.indexOf('=');
            var field = word.substring(0, Math.max(0, equals));
            if (!Workload.isField(field)) {
                wrong.add(
                        "Not a condition: '" + word + "'; it must be a field (kind, id, name, user, namespace, project,"
                                + " label.KEY or env.VARIABLE), = and a pattern");
            } else {
                conditions.add(new Condition(field, glob(word.substring(equals + 1))));
            }
        }
        var rest = words.subList(arrow + 1, words.size());
        if (rest.equals(List.of("ignore"))) {
            return new Rule(conditions, true, Map.of());
        }
        return new Rule(conditions, false, outcome(rest, wrong));
    }

    private static Map<String, String> outcome(List<String> words, List<String> wrong) {
        var outcome = new LinkedHashMap<String, String>();
        if (words.isEmpty()) {
            wrong.add("Nothing after ->; say ignore, project=, name= or label.KEY=");
        }
        for (var word : words) {
            int equals = word.indexOf('=');
            var key = word.substring(0, Math.max(0, equals));
            boolean isLabel = key.startsWith(Workload.LABEL) && key.length() > Workload.LABEL.length();
            if (!isLabel && !key.equals("project") && !key.equals("name")) {
                wrong.add("Cannot do '" + word + "'; say ignore, and nothing else, or project=, name= or label.KEY=");
                continue;
            }
            var template = word.substring(equals + 1);
            var fields = FIELD.matcher(template);
            while (fields.find()) {
                if (!Workload.isField(fields.group(1))) {
                    wrong.add("There is no field " + fields.group() + " in '" + word + "'");
                }
            }
            if (outcome.put(key, template) != null) {
                wrong.add(key + " is said twice");
            }
        }
        return outcome;
    }

    private static Pattern glob(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Splits at blanks outside of double quotes, up to a # that begins a word. */
    private static List<String> words(String line, List<String> wrong) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean quoted = false;
        boolean inWord = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (!quoted && !inWord && c == '#') {
                break;
            }
            if (c == '"') {
                quoted = !quoted;
                inWord = true;
            } else if (!quoted && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quoted) {
            wrong.add("A quotation mark is not closed");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
