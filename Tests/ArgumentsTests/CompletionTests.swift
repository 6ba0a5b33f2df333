import Arguments
import Foundation
import Testing

struct CompletionTests {
    /// What `demo __complete branches` answers, one of them meant to do harm.
    private static let branches = ["main", "main-2", "fix:1", "$(touch harm)", "a b"]
    private let folder: Folder
    private let tools: Folder

    init() throws {
        folder = Folder()
        tools = Folder()
        for file in [
            "my notes.ipynb", "a.py", "b.txt", "it's.py", "a:b.py", "$(touch harm).py",
            "sub/x.ipynb", "sub/y.txt",
        ] { try folder.write("", to: file) }
        let answer = Self.branches.map { "echo '\($0)'" }.joined(separator: "\n")
        try tools.write(
            """
            #!/bin/sh
            [ $# = 4 ] && [ "$1 $2 $3" = '__complete branches --' ] || exit 2
            \(answer)
            """, to: "demo", isExecutable: true)
        for shell in Shell.allCases {
            try tools.write(example.completionScript(for: shell), to: "demo.\(shell.rawValue)")
        }
    }

    @Test(
        .enabled(if: Tool.bash.isInstalled, "bash is not installed"),
        arguments: [
            (["conv"], ["convert"]),
            ([""], ["convert", "commit", "clone", "switch", "ignore", "auth", "help"]),
            (["-q", "co"], ["convert", "commit"]),
            (["-C", "sub", "sw"], ["switch"]),
            (["-C", "convert", "sw"], ["switch"]),
            (["-C", "s"], ["sub"]),
            (["--color", "a"], ["auto", "always"]),
            (["--vers"], ["--version"]),
            (["ignore", ""], ["list", "add"]),
            (["ignore", "--j"], ["--json"]),
            (["ignore", "add", "--u"], ["--untrack"]),
            (["auth", "log"], ["login"]),
            (["help", "cl"], ["clone"]),
            (["convert", "--ver"], ["--verify", "--verbose"]),
            (["convert", "--no-"], ["--no-update", "--no-verify"]),
            (["convert", "a.py", "--col"], ["--color"]),
            (["convert", "--", "--col"], []),
            (["convert", "--to", ""], ["ipynb", "py:percent", "R:percent"]),
            (["convert", "-t", "i"], ["ipynb"]),
            (["convert", "--to", "py", ":", "per"], ["percent"]),
            (["convert", "--to", "py", ":"], ["percent"]),
            (["convert", "--to", "=", "py", ":", "p"], ["percent"]),
            (["convert", "--to", "="], ["ipynb", "py:percent", "R:percent"]),
            (["convert", "my"], ["my notes.ipynb"]),
            (["convert", "'my"], ["my notes.ipynb"]),
            (
                ["convert", ""],
                ["$(touch harm).py", "a.py", "a:b.py", "it's.py", "my notes.ipynb", "sub"]
            ),
            (["convert", "x", "sub/"], ["sub/x.ipynb"]),
            (["convert", "-o", "b"], ["b.txt"]),
            (["convert", "-j", ""], []),
            (["clone", "s"], []),
            (["clone", "url", "s"], ["sub"]),
            (["switch", "ma"], ["main", "main-2"]),
            (["switch", "fix", ":"], ["1"]),
            (["switch", "$"], ["$(touch harm)"]),
            (["switch", "a"], ["a b"]),
        ])
    func `bash offers what the tables say`(words: [String], expected: [String]) throws {
        let script = #"""
            source "$tools/demo.bash"
            COMP_WORDBREAKS=$' \t\n"\'><=;|&(:' COMP_WORDS=(demo "$@") COMP_CWORD=$#
            _demo
            (( ${#COMPREPLY[@]} )) && printf '%s\n' "${COMPREPLY[@]}"
            """#
        let result = try Tool.bash.run(
            ["--norc", "-c", script, "bash"] + words, in: folder.url, tools: tools.url)
        #expect(result.errors == "")
        #expect(result.output.split(separator: "\n").map(String.init).sorted() == expected.sorted())
        #expect(!folder.contains("harm"))
    }

    @Test(
        .enabled(if: Tool.fish.isInstalled, "fish is not installed"),
        arguments: [
            ("conv", ["convert"]),
            ("", ["auth", "clone", "commit", "convert", "help", "ignore", "switch"]),
            ("-C sub sw", ["switch"]),
            ("-C convert sw", ["switch"]),
            ("-C s", ["sub/"]),
            ("--color a", ["always", "auto"]),
            ("ignore ", ["add", "list"]),
            ("ignore --j", ["--json"]),
            ("ignore add --u", ["--untrack"]),
            ("convert --no-", ["--no-update", "--no-verify"]),
            ("convert --to ", ["R:percent", "ipynb", "py:percent"]),
            ("convert --to=py", ["--to=py:percent"]),
            ("convert my", ["my notes.ipynb"]),
            (
                "convert ",
                ["$(touch harm).py", "a.py", "a:b.py", "it's.py", "my notes.ipynb", "sub/"]
            ),
            ("convert -o b", ["b.txt"]),
            ("convert -j ", []),
            ("switch ma", ["main", "main-2"]),
            ("switch \\$", ["$(touch harm)"]),
        ])
    func `fish offers what the tables say`(line: String, expected: [String]) throws {
        let script = "source $tools/demo.fish; complete -C \"demo $argv\""
        let result = try Tool.fish.run(
            ["--no-config", "-c", script, "--", line], in: folder.url, tools: tools.url)
        #expect(result.errors == "")
        let offered = result.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
        #expect(offered.sorted() == expected.sorted())
        #expect(!folder.contains("harm"))
    }

    @Test(
        .enabled(if: Tool.zsh.isInstalled, "zsh is not installed"),
        arguments: [
            ("demo conv", "demo convert "),
            ("demo -C sub sw", "demo -C sub switch "),
            ("demo -C s", "demo -C sub/"),
            ("demo ignore l", "demo ignore list "),
            ("demo ignore --j", "demo ignore --json "),
            ("demo -q ignore add --u", "demo -q ignore add --untrack "),
            ("demo convert --no-u", "demo convert --no-update "),
            ("demo convert --to py", "demo convert --to py:percent "),
            ("demo convert --to=R", "demo convert --to=R:percent "),
            ("demo convert my", #"demo convert my\ notes.ipynb "#),
            ("demo convert sub/", "demo convert sub/x.ipynb "),
            ("demo help cl", "demo help clone "),
            ("demo switch f", "demo switch fix:1 "),
        ])
    func `zsh completes what the tables say`(line: String, expected: String) throws {
        let script = #"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell "PS1= PS2= RPS1=; autoload -Uz compinit; compinit -u -D; source $tools/demo.zsh"
            zpty -w shell 'complete-and-show() { zle complete-word; print -r -- "<<$BUFFER>>" }'
            zpty -w shell 'zle -N complete-and-show; bindkey "^T" complete-and-show; print -r -- "rea""dy"'
            zpty -r shell text '*ready*'
            zpty -w -n shell "$1"$'\x14'
            zpty -r shell text '*<<*>>*'
            print -rn -- "${${text##*<<}%%>>*}"
            """#
        let result = try Tool.zsh.run(
            ["-f", "-c", script, "zsh", line], in: folder.url, tools: tools.url)
        #expect(result.errors == "")
        #expect(result.output == expected)
        #expect(!folder.contains("harm"))
    }

    @Test(arguments: Shell.allCases)
    func `a completion script does not name what is hidden`(shell: Shell) {
        let script = example.completionScript(for: shell)
        #expect(script.contains("demo __complete"))
        #expect(!script.contains("'__complete'"))
    }
}
