import Foundation
import Support
import Testing

/// Files that cannot be read or written where they are: one clear line, and nothing is lost.
@Suite struct BadPlaceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        /// A line of bash that makes the place what it is.
        var preparation = ":"
        let arguments: [String]
        /// All of standard error.
        let errors: String

        init(_ name: String, _ preparation: String = ":", _ arguments: String..., errors: String) {
            self.name = name
            self.preparation = preparation
            self.arguments = arguments
            self.errors = errors
        }

        var testDescription: String { name }
    }

    // MARK: Inputs

    static let inputs: [Case] = [
        Case(
            "no such notebook", ":", "missing.ipynb",
            errors: "nbgit: error: missing.ipynb: no such file or directory\n"),
        Case(
            "no such folder", ":", "missing/a.ipynb",
            errors: "nbgit: error: missing/a.ipynb: no such file or directory\n"),
        Case(
            "a folder called like a notebook", "mkdir x.ipynb; cp a.ipynb x.ipynb/", "x.ipynb",
            errors: "nbgit: error: x.ipynb: is a directory\n"),
        Case(
            "a link to nothing", "ln -s nowhere.ipynb link.ipynb", "link.ipynb",
            errors: "nbgit: error: link.ipynb: no such file or directory\n"),
        Case(
            "a link to itself", "ln -s link.ipynb link.ipynb", "link.ipynb",
            errors: "nbgit: error: link.ipynb: too many levels of symbolic links\n"),
        Case(
            "a file in place of a folder", ":", "a.ipynb/b.ipynb",
            errors: "nbgit: error: a.ipynb/b.ipynb: no such file or directory\n"),
        Case(
            "a name that is too long", ":", String(repeating: "a", count: 300) + ".ipynb",
            errors:
                "nbgit: error: \(String(repeating: "a", count: 300)).ipynb: file name too long\n"
        ),
    ]

    // MARK: Outputs

    static let outputs: [Case] = [
        Case(
            "no folder for the output", ":", "a.ipynb", "-o", "missing/a.py",
            errors: "nbgit: error: missing/a.py: no such file or directory\n"),
        Case(
            "a file in place of the output's folder", ":", "a.ipynb", "-o", "bystander.py/a.py",
            errors: "nbgit: error: bystander.py/a.py: not a directory\n"),
        Case(
            "a folder where the script belongs", "mkdir a.py; touch a.py/x", "a.ipynb",
            errors: "nbgit: error: a.py: is a directory\n"),
        Case(
            "a folder where the script belongs, with force", "mkdir a.py; touch a.py/x", "a.ipynb",
            "--force", errors: "nbgit: error: a.py: is a directory\n"),
        Case(
            "the output is the input", ":", "a.ipynb", "-o", "a.ipynb",
            errors: "nbgit: error: a.ipynb: already a notebook\n"),
        Case(
            "the output is the input, whatever it is", "cp a.ipynb a.py", "a.py", "--from", "ipynb",
            "--force", errors: "nbgit: error: a.py: the output is the input\n"),
        Case(
            "the output is a link to the input", "ln -s a.ipynb a.py", "a.ipynb", "--force",
            errors: "nbgit: error: a.py: the output is the input\n"),
        Case(
            "the output is a link to a link to the input", "ln -s b a.py; ln -s a.ipynb b",
            "a.ipynb", "--force", errors: "nbgit: error: a.py: the output is the input\n"),
        Case(
            "the output is a hard link to the input", "ln a.ipynb a.py", "a.ipynb", "--force",
            errors: "nbgit: error: a.py: the output is the input\n"),
        Case(
            "the input is a link to the output", "cp a.ipynb a.py; ln -sf a.py a.ipynb", "a.ipynb",
            "--force", errors: "nbgit: error: a.py: the output is the input\n"),
        Case(
            "the output is a link in circles", "ln -s a.py a.py", "a.ipynb", "--force",
            errors: "nbgit: error: a.py: too many levels of symbolic links\n"),
        Case(
            "a device that is full", ":", "a.ipynb", "-o", "/dev/full",
            errors: "nbgit: error: /dev/full: no space left on device\n"),
    ]

    @Test(arguments: inputs + outputs)
    func `what stands in the way is named, and every file stays`(row: Case) throws {
        let folder = try folder(row.preparation)
        let before = try folder.snapshot()
        let finished = try folder.convert(row.arguments)
        #expect(finished.errorText == row.errors)
        #expect(finished.text == "")
        #expect(finished.status == 2)
        #expect(try folder.snapshot() == before)
    }

    // MARK: Permissions

    static let forbidden: [Case] = [
        Case(
            "a notebook that may not be read", "chmod 000 a.ipynb", "a.ipynb",
            errors: "nbgit: error: a.ipynb: permission denied\n"),
        Case(
            "a folder that may not be entered", "mkdir f; cp a.ipynb f; chmod 000 f", "f/a.ipynb",
            errors: "nbgit: error: f/a.ipynb: permission denied\n"),
        Case(
            "a folder that may not be listed", "mkdir f; cp a.ipynb f; chmod 300 f", "f",
            errors: "nbgit: error: f: permission denied\n"),
        Case(
            "a folder that may not be written to", "mkdir f; cp a.ipynb f; chmod 500 f",
            "f/a.ipynb", errors: "nbgit: error: f/a.py: permission denied\n"),
        Case(
            "a script that may not be written",
            "sed 's/1 + 1/2/' a.ipynb > b.ipynb; $nbgit convert -q b.ipynb -o a.py; chmod 444 a.py",
            "a.ipynb", errors: "nbgit: error: a.py: permission denied\n"),
        Case(
            "a folder in which none may be made", "mkdir f n; cp a.ipynb n; chmod 500 f", "n", "-o",
            "f/deep", errors: "nbgit: error: f/deep/a.py: permission denied\n"),
    ]

    @Test(
        .enabled(if: ProgramFolder.canBeUnprivileged, "root may do anything here"),
        arguments: forbidden)
    func `what is not allowed is named, and every file stays`(row: Case) throws {
        let folder = try folder(row.preparation)
        try #require(folder.shell("[ $(id -u) != 0 ] || chown -R 65534 .").status == 0)
        // As root, who sees into folders that are closed; for others they are opened again below.
        let before = geteuid() == 0 ? try folder.snapshot() : nil
        let finished = try folder.convertUnprivileged(row.arguments)
        #expect(finished.errorText == row.errors)
        #expect(finished.text == "")
        #expect(finished.status == 2)
        if let before { #expect(try folder.snapshot() == before) }
        _ = try folder.shell("chmod -R u+rwX .")
        #expect(try folder.shell("find . -name '*.tmp'").text == "")
    }

    // MARK: Full disks and closed streams

    @Test(.enabled(if: SmallDisk.isAllowed, "only root mounts a disk"))
    func `a full disk leaves the old script, and no part of the new one`() throws {
        let folder = try folder()
        let disk = try SmallDisk(byteCount: 65_536)
        let (old, full) = (folder.scratch.path("old.py"), "\(disk.path)/a.py")
        try folder.scratch.write(ProgramFolder.script + "# old\n", to: "old.py")
        try FileManager.default.copyItem(atPath: old, toPath: full)
        let source = String(repeating: "x", count: 100_000)
        try folder.scratch.write(
            ProgramFolder.notebook.replacing("1 + 1", with: source), to: "a.ipynb")

        for output in ["a.py", "new.py"] {
            let finished = try folder.convert("a.ipynb", "-o", "\(disk.path)/\(output)")
            #expect(
                finished.errorText
                    == "nbgit: error: \(disk.path)/\(output): no space left on device\n")
            #expect(finished.status == 2)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["a.py"])
        #expect(FileManager.default.contentsEqual(atPath: old, andPath: full))
    }

    @Test(arguments: [
        // What ran out is said; a pipe whose reader has left is no news for who closed it.
        (
            "$nbgit convert a.ipynb -o - > /dev/full",
            "nbgit: error: standard output: no space left on device\n", 2
        ),
        (
            "$nbgit convert a.ipynb --json > /dev/full; s=$?; rm a.py; exit $s",
            "nbgit: error: standard output: no space left on device\n", 2
        ),
        (
            "$nbgit convert a.ipynb --dry-run > /dev/full",
            "nbgit: error: standard output: no space left on device\n", 2
        ),
        ("$nbgit convert a.ipynb -o - | head -1 > /dev/null; exit ${PIPESTATUS[0]}", "", 0),
        ("$nbgit convert a.ipynb -o - | exec 0<&-; exit ${PIPESTATUS[1]}", "", 0),
        (
            "(trap '' PIPE; sleep 0.1; $nbgit convert a.ipynb -o -) 2>&2 | exec 0<&-; exit ${PIPESTATUS[0]}",
            "", 2
        ),
        ("(sleep 0.1; $nbgit convert a.ipynb -o -) | exec 0<&-; exit ${PIPESTATUS[0]}", "", 2),
        ("$nbgit convert a.ipynb 2> /dev/full && rm a.py", "", 0),
        ("$nbgit convert a.ipynb 2>&- && rm a.py", "", 0),
        ("$nbgit convert - <&-", "nbgit: error: standard input: bad file descriptor\n", 2),
    ])
    func `a stream that takes nothing is an error of its own`(
        line: String, errors: String, status: Int32
    ) throws {
        let folder = try folder()
        let before = try folder.snapshot()
        let finished = try folder.shell(line)
        #expect(finished.errorText == errors)
        #expect(finished.text == "")
        #expect(finished.status == status)
        #expect(try folder.snapshot() == before)
    }

    // MARK: Links

    @Test func `a script that is a link stays one, and its target gets the new text`() throws {
        let folder = try folder("mkdir real; ln -s real/target.py a.py")
        // A link to nothing gets its target, and then it is replaced.
        #expect(try folder.convert("a.ipynb").errorText == "wrote a.py\n")
        #expect(try folder.scratch.text("real/target.py") == ProgramFolder.script)
        try folder.scratch.write(ProgramFolder.script + "# more\n", to: "real/target.py")
        #expect(try folder.convert("a.ipynb").errorText == "wrote a.py\n")
        #expect(try folder.scratch.text("real/target.py") == ProgramFolder.script)
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: folder.scratch.path("a.py"))
                == "real/target.py")
        #expect(try folder.scratch.names() == ["a.ipynb", "a.py", "bystander.py", "deep", "real"])
    }

    @Test func `the script of a link lies beside the link`() throws {
        let folder = try folder("mkdir real; mv a.ipynb real/b.ipynb; ln -s real/b.ipynb a.ipynb")
        #expect(try folder.convert("a.ipynb").errorText == "wrote a.py\n")
        #expect(try folder.scratch.text("a.py") == ProgramFolder.script)
        #expect(try folder.shell("ls real").text == "b.ipynb\n")
    }

    // MARK: Names

    @Test(arguments: [".", #"$'a\nb\e[31m\xff\u202e.ipynb' $'o\t.ipynb'"#])
    func `a name that could steer a terminal is shown safely and converted`(paths: String) throws {
        let folder = try folder(
            #"rm -r deep; mv a.ipynb $'a\nb\e[31m\xff\u202e.ipynb'; touch $'o\t.ipynb'"#)
        let finished = try folder.shell("$nbgit convert -j 1 -v \(paths)")
        #expect(
            finished.errorText == #"""
                wrote "a\nb\033[31m\377\342\200\256.py"
                nbgit: error: "o\t.ipynb": the file is empty, not a notebook
                converted 1, failed 1

                """#)
        #expect(finished.status == 2)
        let script = try folder.shell(#"cat $'a\nb\e[31m\xff\u202e.py'"#)
        #expect(script.text == ProgramFolder.script)
    }

    @Test func `the report in JSON shows any name in plain text`() throws {
        let folder = try folder(#"rm -r deep; mv a.ipynb $'a\nb\e[31m\xff\u202e.ipynb'"#)
        let finished = try folder.shell("$nbgit convert --json .")
        let report = try JSONSerialization.jsonObject(with: Data(finished.output))
        let files = (report as? [String: Any])?["files"] as? [[String: Any]]
        #expect(files?.first?["input"] as? String == #""a\nb\033[31m\377\342\200\256.ipynb""#)
        #expect(!finished.output.contains(0x1B))
    }

    @Test func `a name that begins with a hyphen is a name behind two hyphens`() throws {
        let folder = try folder("mv a.ipynb ./-a.ipynb")
        #expect(try folder.convert("--", "-a.ipynb").errorText == "wrote -a.py\n")
    }

    private func folder(_ preparation: String = ":") throws -> ProgramFolder {
        let folder = try ProgramFolder()
        try folder.scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        try #require(folder.shell(preparation).status == 0)
        return folder
    }
}
