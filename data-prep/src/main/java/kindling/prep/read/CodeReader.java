package kindling.prep.read;

import java.util.HashMap;
import java.util.Map;
import kindling.prep.Document;

/**
 * Source code and configuration: a file is a document with its indentation and line breaks, and
 * {@code programming_language} in its meta data. A document with that entry is in no natural language, so none is
 * looked for.
 */
final class CodeReader implements Reader {
    /** The meta data that marks a document as code. */
    static final String LANGUAGE = "programming_language";

    /** Each language in lower case and the extensions of its files, as github.com/github-linguist/linguist has them. */
    private static final Map<String, String> LANGUAGES = languages("""
            assembly asm s
            awk awk
            batchfile bat cmd
            c c h
            c# cs
            c++ cpp cc cxx hpp hh hxx ipp
            clojure clj cljs cljc edn
            cmake cmake
            coffeescript coffee
            common-lisp lisp cl
            css css
            cuda cu cuh
            dart dart
            elixir ex exs
            elm elm
            erlang erl hrl
            f# fs fsi fsx
            fortran f f90 f95 f03 for
            go go
            gradle gradle
            graphql graphql gql
            groovy groovy
            haskell hs lhs
            hcl tf hcl
            ini ini cfg conf
            java java
            java-properties properties
            javascript js mjs cjs jsx
            json json
            julia jl
            kotlin kt kts
            less less
            lua lua
            makefile mk
            nim nim
            objective-c m
            objective-c++ mm
            ocaml ml mli
            pascal pas
            perl pl pm
            php php
            powershell ps1 psm1
            protocol-buffer proto
            python py pyi
            r r
            racket rkt
            ruby rb
            rust rs
            sass sass
            scala scala sc sbt
            scheme scm ss
            scss scss
            shell sh bash zsh ksh
            solidity sol
            sql sql
            svelte svelte
            swift swift
            tcl tcl
            tex tex sty
            toml toml
            typescript ts tsx mts cts
            verilog v sv
            vhdl vhd vhdl
            vim-script vim
            visual-basic vb
            vue vue
            xml xml xsd xsl xslt wsdl
            yaml yaml yml
            zig zig
            """);

    private static Map<String, String> languages(String table) {
        Map<String, String> byExtension = new HashMap<>();
        table.lines().map(line -> line.split(" ")).forEach(words -> {
            for (int i = 1; i < words.length; i++) {
                byExtension.put(words[i], words[0]);
            }
        });
        return Map.copyOf(byExtension);
    }

    @Override
    public String format() {
        return "code";
    }

    @Override
    public boolean accepts(String extension, byte[] head) {
        return LANGUAGES.containsKey(extension);
    }

    @Override
    public void read(ByteSource bytes, Intake intake) {
        intake.acceptUntimed(bytes, (content, whole) -> {
            Document document = PlainText.of(content, whole).in(intake.blank(""));
            return document.with(LANGUAGE, language(document.source()));
        });
    }

    /** By the last extension that is no compression's. */
    private static String language(String name) {
        String extension = Reader.extension(name);
        String stem = name.substring(0, Math.max(0, name.length() - extension.length() - 1));
        return LANGUAGES.getOrDefault(extension, LANGUAGES.getOrDefault(Reader.extension(stem), "unknown"));
    }
}
