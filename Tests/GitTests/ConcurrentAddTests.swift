import Support
import Testing

@Suite struct ConcurrentAddTests {
    /// git gives up at a lock at once and is asked again; nbgit waits for it.
    @Test func `no entry is lost when nbgit and git add at once, four at a time each`() throws {
        let scratch = try TemporaryDirectory()
        let sandbox = try GitSandbox()
        let binary = try #require(BuiltBinary.path)
        let numbers = 1...60
        try sandbox.git("init", "--quiet", in: scratch.path)
        for number in numbers {
            try scratch.write("", to: "ours-\(number)")
            try scratch.write("", to: "theirs-\(number)")
        }
        try sandbox.shell(
            """
            seq \(numbers.count) | xargs -P 4 -I @ '\(binary)' add ours-@ & ours=$!
            seq \(numbers.count) | xargs -P 4 -I @ sh -c \\
                'until git add theirs-@ 2>/dev/null; do sleep 0.01; done' & theirs=$!
            wait $ours && wait $theirs
            """, in: scratch.path)
        let expected = numbers.flatMap { ["ours-\($0)", "theirs-\($0)"] }.sorted()
        let listed = try sandbox.git("ls-files", in: scratch.path)
        #expect(listed.split(separator: "\n").map(String.init) == expected)
        #expect(try sandbox.git("fsck", "--strict", in: scratch.path) == "")
    }
}
