package kindling.prep.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The language, against what Jinja itself gives: templates in the forms of known models, written for this test, and expressions. */
class TemplateTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final LocalDate TODAY = LocalDate.of(2024, 7, 26);

    private static final Duration LONGEST = Duration.ofSeconds(20); // a second or two, on a busy machine

    private static final String DOUBLED = "{% set ns = namespace(x=1, y=1) %}"
            + "{% for i in range(40) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}";
    private static final String NESTED =
            "{% set ns = namespace(x=1) %}{% for i in range(50000) %}{% set ns.x = [ns.x] %}{% endfor %}";
    private static final String LINES =
            "{% set ns = namespace(s='a\n') %}{% for i in range(12) %}{% set ns.s = ns.s + ns.s %}{% endfor %}{% set lines = ns.s %}";
    private static final String LONG = "{% set ns = namespace(s='a') %}{% for i in range(20) %}{% set half = ns.s %}"
            + "{% set ns.half = ns.s %}{% set ns.s = ns.s + ns.s %}{% endfor %}{% set long = ns.s %}{% set half = ns.half %}";

    static Stream<Arguments> golden() throws IOException {
        try (InputStream in = TemplateTest.class.getResourceAsStream("golden.json")) {
            JsonNode golden = MAPPER.readTree(in);
            return StreamSupport.stream(golden.path("cases").spliterator(), false)
                    .map(one -> Arguments.of(named(one), golden, one));
        }
    }

    private static String named(JsonNode one) {
        return one.has("source")
                ? one.path("source").asText()
                : "%s %s %s"
                        .formatted(
                                one.path("template").asText(),
                                one.path("messages").asText(),
                                one.path("generation").asBoolean());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void givesWhatJinjaGives(String name, JsonNode golden, JsonNode one) {
        String source = one.has("source")
                ? one.path("source").asText()
                : golden.path("templates").path(one.path("template").asText()).asText();
        Map<String, Object> variables = new HashMap<>();
        variables.put(
                "messages",
                MAPPER.convertValue(
                        golden.path("messages").path(one.path("messages").asText()), Object.class));
        variables.put("add_generation_prompt", one.path("generation").asBoolean());
        variables.put("bos_token", "<s>");
        variables.put("eos_token", "</s>");
        variables.put("tools", null);
        variables.put("documents", null);

        if (one.path("refused").asBoolean()) {
            assertThatThrownBy(() -> Template.parse(source).render(variables, TODAY))
                    .isInstanceOf(JinjaException.class);
        } else {
            assertThat(Template.parse(source).render(variables, TODAY))
                    .isEqualTo(one.path("text").asText());
        }
    }

    private static String render(String source) {
        return Template.parse(source)
                .render(Map.of("text", "word", "list", Stream.of(1L, 2L).toList()), TODAY);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "{% include 'a' %} # line 1: {% include %} is not known here",
                "{{ 1 | md5 }} # line 1: the filter md5 is not known here",
                "{{ 1 is prime }} # line 1: the test prime is not known here",
                "{{ text.encode() }} # line 1: the undefined encode cannot be called",
                "{{ strftime_now('%c') }} # line 1: strftime_now does not know %c",
                "{{ raise_exception('only users speak') }} # only users speak",
                "{{ list.x.y }} # line 1: x is undefined, so that it has no y",
                "{{ 9999999999999999999 }} # line 1: 9999999999999999999 is too large"
            })
    void saysWhatItDoesNotKnow(String source, String message) {
        assertThatThrownBy(() -> render(source))
                .isInstanceOf(JinjaException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMistakeIsTheInnermostStatements() {
        assertThatThrownBy(
                        () -> render("a\n{% for i in list %}\n{% if i == 2 %}\n{{ i + text }}{% endif %}{% endfor %}"))
                .hasMessage("line 4: + is not for a number and a text");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{{ text.getClass() }}",
                "{{ text.class.name }}",
                "{{ text.__class__.mro }}",
                "{{ list.stream() }}",
                "{{ list.append(3) }}",
                "{{ raise_exception.call(1) }}",
                "{{ namespace.getClass() }}"
            })
    void javaIsOutOfReach(String source) {
        assertThatThrownBy(() -> render(source)).isInstanceOf(JinjaException.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{% for i in range(1000) %}{% for j in range(1000) %}{% for k in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
                "{% set ns = namespace(s='xxxxxxxx') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s='aa') %}{% for i in range(60) %}{% set ns.s = ns.s.replace('a', 'aa') %}{% endfor %}",
                "{{ range(1000000000) }}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
                DOUBLED + "{{ ns.x }}",
                DOUBLED + "{{ ns.x | tojson }}",
                DOUBLED + "{{ ns.x == ns.y }}",
                DOUBLED + "{{ ns.x in [ns.y] }}",
                DOUBLED + "{{ {ns.x: 1} }}",
                "{% set ns = namespace(x=1) %}{% set ns.x = [ns] %}{{ ns.x }}",
                "{% set ns = namespace(x=1) %}{% set ns.x = ns %}{{ {'a': ns} | tojson }}",
                "{% set ns = namespace(x=1) %}{% set ns.x = ns %}{{ {ns: 1} }}",
                NESTED + "{{ ns.x }}",
                NESTED + "{{ ns.x | tojson }}",
                NESTED + "{{ ns.x == [ns.x] }}",
                LINES + "{% for i in range(1000) %}{% set x = lines | indent(1000) %}{% endfor %}",
                LONG + "{% set x = long.replace('b' + long, '') %}{% set x = long.replace(half + 'b', '') %}",
                LONG + "{{ half + 'b' in long }}",
                LONG + "{{ long.split(half + 'b') }}",
                LONG + "{{ long.find(half + 'b') }}",
                LONG + "{{ long.strip(half) }}",
                "{{ range(-9223372036854775807, 9223372036854775807) }}",
                "{{ range(9223372036854775807, 0, -1) }}",
                "{{ 'a' | trim(5) }}",
                "{{ 'a'.split(5) }}",
                "{{ 1 is divisibleby(0) }}"
            })
    void whatDoesNotEndIsEnded(String source) {
        assertTimeoutPreemptively(
                LONGEST, () -> assertThatThrownBy(() -> render(source)).isInstanceOf(JinjaException.class));
    }

    @Test
    void aRangeEndsWithTheNumbers() {
        assertThat(render("{{ range(9223372036854775806, 9223372036854775807, 5) }}"))
                .isEqualTo("[9223372036854775806]");
        assertThat(
                        render(
                                "{{ range(5) }}{{ range(5, 0, -2) }}{{ range(0, 5, 2) }}{{ range(3, 3) }}{{ range(0, 3, -1) }}"))
                .isEqualTo("[0, 1, 2, 3, 4][5, 3, 1][0, 2, 4][][]");
    }

    @Test
    void longTemplatesAreRefusedOrRead() {
        String sum = "{{ 1" + " + 1".repeat(300_000) + " }}";

        assertThatThrownBy(() -> render(sum)).isInstanceOf(JinjaException.class).hasMessageContaining("too long");
        assertThat(render("{% if 0 %}{% " + "elif 0 %}{% ".repeat(10_000) + "else %}here{% endif %}"))
                .isEqualTo("here");
    }

    @Test
    void listsAndMappingsAreEqualByWhatTheyHold() {
        assertThat(
                        render(
                                "{{ [1, {'a': [none]}] == [1.0, {'a': [none]}] }} {{ {'a': 1} == {'a': 1, 'b': 2} }} {{ [1] in [[1]] }}"))
                .isEqualTo("True False True");
    }

    @Test
    void aMappingKeepsItsOrder() {
        assertThat(render("{{ dict(b=1, a=2, c=3) | tojson }}{{ dict(b=1)[none] is defined }}"))
                .isEqualTo("{\"b\": 1, \"a\": 2, \"c\": 3}False");
    }

    @Test
    void deepNestingIsRefusedBeforeItOverflows() {
        assertThatThrownBy(() -> render("{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}"))
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> render("{% if 1 %}".repeat(100_000))).hasMessageContaining("deep");
        assertThat(render("{{ " + "not ".repeat(100_000) + "1 }}")).isEqualTo("True");
    }

    @Test
    void longTextsAreFine() {
        String text = "one two ".repeat(100_000);

        assertThat(Template.parse("{{ t | trim }}{{ t.split() | length }}{{ t.strip().split(' ')[-1] }}")
                        .render(Map.of("t", text), TODAY))
                .isEqualTo(text.strip() + "200000two");
    }

    @Test
    void theCallersVariablesStay() {
        Map<String, Object> variables = new HashMap<>(Map.of("a", 1L));

        Template.parse("{% set a = 2 %}{% set b = 3 %}").render(variables, TODAY);

        assertThat(variables).isEqualTo(Map.of("a", 1L));
    }
}
