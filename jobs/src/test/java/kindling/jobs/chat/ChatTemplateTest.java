package kindling.jobs.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kindling.jobs.UserError;
import kindling.jobs.infer.TinyTokenizer;
import kindling.jobs.io.InputPath;
import kindling.jobs.io.Json;
import kindling.jobs.io.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTemplateTest {
    private static final List<Message> HI = List.of(Message.user("Hi"));

    @TempDir
    Path folder;

    private InputPath checkpoint() {
        return new InputPath(folder.toString());
    }

    private String text() {
        return ChatTemplate.in(checkpoint()).orElseThrow().text(HI, false);
    }

    @Test
    void liesInTheTokenizersConfig() throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"bos_token": "<s>", "eos_token": {"content": "</s>", "special": true}, "pad_token": null,
                 "chat_template": "{{ bos_token }}{{ messages[0].content }}{{ eos_token }}{{ pad_token }}"}
                """);

        assertThat(text()).isEqualTo("<s>Hi</s>");
    }

    @Test
    void ofSeveralTheDefaultIsTaken() throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"chat_template": [{"name": "tool_use", "template": "tool"}, {"name": "default", "template": "plain"}]}
                """);

        assertThat(text()).isEqualTo("plain");
    }

    @Test
    void aFileOfItsOwnComesFirst() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"bos_token\": \"<s>\", \"chat_template\": \"old\"}");
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ bos_token }}new\n");

        assertThat(text()).isEqualTo("<s>new");
    }

    @Test
    void severalWithoutADefaultAreAMistake() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"x\"}]}");

        assertThatThrownBy(() -> ChatTemplate.in(checkpoint()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("[rag] and no default")
                .hasMessageContaining("--chat-template");
    }

    @Test
    void aCheckpointNeedNotHaveOne() throws IOException {
        assertThat(ChatTemplate.in(checkpoint())).isEmpty();

        Files.writeString(folder.resolve("tokenizer_config.json"), "{}");

        assertThat(ChatTemplate.in(checkpoint())).isEmpty();
    }

    @Test
    void isReadBackAsItWasWritten() {
        ChatTemplate template = new ChatTemplate("{{ eos_token }}\n", Map.of("eos_token", "</s>"));

        template.write(checkpoint(), Storage.absolute(folder.toString()));

        assertThat(ChatTemplate.in(checkpoint())).contains(template);
    }

    @Test
    void isWrittenBesideWhatTheConfigSaidBefore() throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"z": 1, "eos_token": {"content": "</s>", "lstrip": false}, "pad_token": "<p>", "tokenizer_class": "Own",
                 "chat_template": "old"}
                """);
        Map<String, String> tokens = Map.of("pad_token", "<pad>", "eos_token", "</s>", "bos_token", "<s>");

        new ChatTemplate("new", tokens).write(checkpoint(), Storage.absolute(folder.toString()));

        assertThat(Files.readString(folder.resolve("tokenizer_config.json"))).isEqualTo(Json.text(Json.parse("""
                        {"z": 1, "eos_token": {"content": "</s>", "lstrip": false}, "pad_token": "<pad>", "tokenizer_class": "Own",
                         "chat_template": "new", "bos_token": "<s>"}
                        """)));
    }

    @Test
    void chatmlSaysWhatEndsATurn() {
        ChatTemplate.chatml(TinyTokenizer.chat()).write(checkpoint(), Storage.absolute(folder.toString()));

        assertThat(ChatTemplate.end(checkpoint())).contains("<|im_end|>");
        assertThat(ChatTemplate.in(checkpoint()).orElseThrow().tokens())
                .isEqualTo(Map.of("eos_token", "<|im_end|>", "pad_token", "<|endoftext|>"));
    }

    @Test
    void aConfigThatIsNoJsonIsAMistake() throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": ");

        assertThatThrownBy(() -> ChatTemplate.in(checkpoint()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("tokenizer_config.json cannot be read");
    }

    @Test
    void aTemplateOfMegabytesIsAMistake() throws IOException {
        Files.writeString(folder.resolve("chat_template.jinja"), "x".repeat((1 << 20) + 1));

        assertThatThrownBy(() -> ChatTemplate.in(checkpoint()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("at most 1,048,576 bytes, it has 1,048,577");
        assertThatThrownBy(() -> ChatTemplate.in(checkpoint(), folder.toString()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("it is a folder");
    }

    @Test
    void fieldsOfMessagesHaveAnOrder() {
        assertThat(new ChatTemplate("{{ messages | tojson }}{{ messages[0][none] is defined }}", Map.of())
                        .text(HI, false))
                .isEqualTo("[{\"role\": \"user\", \"content\": \"Hi\"}]False");
    }

    @Test
    void chatmlNeedsItsTokens() {
        assertThatThrownBy(() -> ChatTemplate.chatml(TinyTokenizer.bytes()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no <|im_start|>")
                .hasMessageContaining("--special-tokens <|endoftext|>,<|im_start|>,<|im_end|>");
        assertThat(ChatTemplate.chatml(TinyTokenizer.chat()).text(HI, true))
                .isEqualTo("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
    }
}
