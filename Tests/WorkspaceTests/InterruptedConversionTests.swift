import Foundation
import Support
import Testing

/// What Ctrl-C leaves behind.
@Suite struct InterruptedConversionTests {
    @Test func `an interrupt in a long batch leaves whole scripts and no others`() throws {
        let folder = try ProgramFolder()
        // Large enough that the interrupt comes before the end.
        let source = String(repeating: "x = 1\\n", count: 20_000)
        try folder.scratch.write(
            ProgramFolder.notebook.replacing("1 + 1", with: source), to: "a.ipynb")
        let script = try folder.convert("a.ipynb", "-o", "-").output
        let made = try folder.shell(
            "mkdir batch; for i in $(seq 1000 1299); do ln a.ipynb batch/$i.ipynb; done")
        try #require(made.status == 0)

        let finished = try folder.shell(
            """
            set -m
            $nbgit convert -j 2 batch &
            while [ ! -e batch/1000.py ]; do :; done
            kill -INT $!
            wait $!
            """)
        #expect(finished.status == 130)
        // The shell adds a line of its own.
        #expect(finished.errorText.prefixMatch(of: /interrupted: converted \d+ of 300\n/) != nil)
        #expect(!finished.errorText.contains("error"))
        let names = try FileManager.default.contentsOfDirectory(
            atPath: folder.scratch.path("batch"))
        let scripts = names.filter { $0.hasSuffix(".py") }
        #expect((1..<300).contains(scripts.count))
        #expect(names.filter { $0.hasPrefix(".") } == [])
        for name in scripts {
            #expect(try folder.scratch.read("batch/\(name)") == script)
        }
    }

    @Test(arguments: ["-j 1 pipe.ipynb b.ipynb", "-j 2 pipe.ipynb b.ipynb c.ipynb", "-"])
    func `an interrupt while waiting for input ends the program`(arguments: String) throws {
        let folder = try ProgramFolder()
        for name in ["b.ipynb", "c.ipynb"] {
            try folder.scratch.write(ProgramFolder.notebook, to: name)
        }
        try #require(folder.shell("mkfifo pipe.ipynb").status == 0)
        // One interrupt (without --foreground there would be two); what still waits for the pipe a
        // second later is killed, which is status 137.
        let interrupt = "timeout --foreground --preserve-status -s INT -k 1 0.3"
        let finished = try folder.shell("\(interrupt) $nbgit convert -q \(arguments) < <(sleep 3)")
        #expect(finished.errorText == "")
        #expect(finished.status == 130)
        #expect(try folder.shell("find . -name '.nbgit*'").text == "")
    }
}
