import Arguments
import Foundation
import Testing

struct PageTests {
    @Test func `a manual page says what help says`() throws {
        let page = try example.topic(of: ["commit"]).manualPage(
            source: example.versionLine, date: "2024-02-29")
        #expect(
            page.hasPrefix(
                #"""
                .TH "DEMO-COMMIT" 1 "2024-02-29" "demo 1.2"
                .SH NAME
                demo\-commit \- Record changes
                .SH SYNOPSIS
                demo commit [<options>] \-\-message <text> [<path>...]
                .SH ARGUMENTS
                .TP
                \fB<path>...\fR
                What to record.
                .SH OPTIONS
                .TP
                \fB\-m, \-\-message <text>\fR
                What was changed and why.
                .SH GLOBAL OPTIONS

                """#))
        #expect(page.hasSuffix(".SH SEE ALSO\n\\fBdemo\\fR(1)\n"))
    }

    @Test func `no character of a text is taken for markup of the manual`() throws {
        let page = try odd.topic(of: ["odd"]).manualPage(source: "odd 1", date: "")
        #expect(
            page.contains(
                #"""
                .SH DESCRIPTION
                \&.TH is \e not \(aqa\(aq request \(ti \(ha \(ga caf\[u00E9] \[u1F600]
                .PP
                .RS 4
                .nf
                \&.so it is
                  \-x
                .fi
                .RE
                .PP
                \&\(aqtis over
                """#))
    }

    @Test(
        .enabled(if: Tool.groff.isInstalled, "groff is not installed"),
        arguments: (example.topic.all + odd.topic.all).map(\.command))
    func `groff formats every manual page without a warning`(command: String) throws {
        let topic = try #require(
            (example.topic.all + odd.topic.all).first { $0.command == command })
        let result = try Tool.groff.run(
            ["-man", "-Tutf8", "-ww"], input: topic.manualPage(source: "demo 1.2", date: ""))
        #expect(result.errors == "")
        #expect(result.output.contains(topic.pageName.uppercased()))
    }

    @Test(.enabled(if: Tool.groff.isInstalled, "groff is not installed"))
    func `a formatted manual page shows the characters of its text`() throws {
        let page = try odd.topic(of: ["odd"]).manualPage(source: "odd 1", date: "")
        let output = try Tool.groff.run(["-man", "-Tutf8", "-P-cbou"], input: page).output
        #expect(output.contains(#".TH is \ not 'a' request ~ ^ ` café 😀"#))
        #expect(output.contains("    .so it is\n             -x\n"))
    }

    @Test func `a Markdown page says what help says`() throws {
        let page = try example.topic(of: ["convert"]).markdown
        #expect(
            page.hasPrefix(
                """
                # demo convert

                Convert between notebooks and percent scripts.

                    demo convert [<options>] <path>...

                A notebook becomes a script and a script becomes a notebook, unless '--to' says otherwise. \
                Same bytes on every route:

                    demo convert - < a.ipynb

                An existing notebook keeps its outputs.

                ## Examples

                Write analysis.py beside the notebook:

                    demo convert analysis.ipynb

                Say what would change, and change nothing:

                    demo convert . --check

                ## Arguments

                - `<path>...`: File, folder or '-'

                ## Options

                - `-t, --to <format>`: Format to write (ipynb, py:percent, R:percent)
                """))
        #expect(page.contains(#"- `-C <dir>`: Run as if started in \<dir\>"#))
        #expect(page.hasSuffix("\n\nSee also [`demo`](demo.md).\n"))
    }

    @Test func `a Markdown page links to the pages of its commands`() throws {
        let page = try example.topic(of: ["ignore"]).markdown
        #expect(page.contains("\n- [`add`](demo-ignore-add.md): Add patterns\n"))
    }
}

/// A program whose texts are as awkward as texts can be.
private let odd = Program<Everywhere, any ExampleCommand>(
    "odd", version: "1", summary: "Odd texts", sections: [.init("All", [.command("odd", Odd.self)])]
)

private struct Odd: ExampleCommand {
    static let spec = CommandSpec<Odd>(
        summary: "Show 'odd' [text]: all of it",
        discussion: #"""
            .TH is \ not 'a' request ~ ^ ` café 😀

                .so it is
                  -x
            'tis over
            """#,
        examples: [#"odd "a b" '$c'"#: ".Quoted words"],
        parameters: [])
}
