import Git
import Platform
import Support
import Testing

/// Two work trees of one shape: what nbgit stages in one is compared with what git stages in the other.
private struct Twins {
    let scratch: TemporaryDirectory
    let sandbox: GitSandbox
    let ours: String
    let theirs: String

    init() throws {
        scratch = try TemporaryDirectory()
        sandbox = try GitSandbox()
        ours = scratch.path("ours")
        theirs = scratch.path("theirs")
        for name in ["ours", "theirs"] {
            try scratch.makeFolder(name)
            try sandbox.git("init", "--quiet", in: scratch.path(name))
        }
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try scratch.write(bytes, to: "ours/\(name)")
        try scratch.write(bytes, to: "theirs/\(name)")
    }

    func write(_ text: String, to name: String) throws {
        try write(Array(text.utf8), to: name)
    }

    func configure(_ name: String, _ value: String) throws {
        for folder in [ours, theirs] {
            try sandbox.git("config", "--add", name, value, in: folder)
        }
    }

    func repository() throws -> Repository {
        try Repository(opening: Path(ours), environment: Environment(sandbox.environment))
    }

    /// Stages everything in both, and gives what each has in its index then.
    func staged() throws -> (ours: String, theirs: String) {
        _ = try repository().stage(.all)
        try sandbox.git("add", "--all", in: theirs)
        return (try index(ours), try index(theirs))
    }

    func index(_ folder: String) throws -> String {
        try sandbox.git("ls-files", "--stage", in: folder)
    }

    /// How git fails to add everything.
    func refusal() throws -> String {
        let finished = try run(
            ["git", "add", "--all"], in: theirs, environment: sandbox.environment)
        #expect(finished.status != 0)
        return finished.errorText
    }
}

@Suite struct FilterTests {
    static let commands: [(String, String)] = [
        ("rot13", "tr a-z n-za-m"), ("empty", "true"), ("shell", "sed 's/x/$HOME/' | sort"),
        ("name", "printf '%%s|' %f; cat"), ("percent", "printf %%d 3 #%f %x %"),
        ("none", ""), ("fails", "exit 3"), ("half", "head -c 2"), ("missing", "no-such-program"),
        ("place", "ls .gitattributes; echo $GIT_PREFIX ${GIT_DIR-unset}; cat >/dev/null"),
    ]

    @Test(arguments: commands)
    func `content goes through the clean program as with git`(name: String, command: String) throws
    {
        let twins = try Twins()
        try twins.configure("filter.f.clean", command)
        try twins.write("*.t filter=f\n", to: ".gitattributes")
        try twins.write("xyz\nabc\n", to: "plain.t")
        try twins.write("xyz\nabc\n", to: "o'd d! \u{1B}%f/a\"b$(x)\n.t")
        try twins.write("xyz\nabc\n", to: "other")
        try twins.write("", to: "empty.t")
        try twins.write([UInt8](repeating: 0x78, count: 300_000), to: "large.t")
        let staged = try twins.staged()
        #expect(staged.ours == staged.theirs)
    }

    @Test(arguments: ["exit 3", "kill -9 $$", "no-such-program", ""])
    func `a required filter that fails refuses, and nothing is staged`(command: String) throws {
        let twins = try Twins()
        try twins.write("a\n", to: "a.first")
        _ = try twins.staged()
        let before = try twins.index(twins.ours)
        try twins.configure("filter.f.clean", command)
        try twins.configure("filter.f.required", "true")
        try twins.write("*.t filter=f\n", to: ".gitattributes")
        try twins.write("text\n", to: "plain.t")
        let error = #expect(throws: GitError.self) { try twins.repository().stage(.all) }
        #expect(error?.message.hasPrefix("clean filter 'f' ") == true)
        #expect(error?.path == "plain.t")
        #expect(try twins.refusal().contains("plain.t: clean filter 'f' failed"))
        #expect(try twins.index(twins.ours) == before)
    }

    @Test func `a filter that fails without being required is told of`() throws {
        let twins = try Twins()
        try twins.configure("filter.f.clean", "exit 3")
        try twins.write("*.t filter=f\n", to: ".gitattributes")
        try twins.write("text\n", to: "plain.t")
        let repository = try twins.repository()
        _ = try repository.stage(.all)
        let failures = repository.takeFilterFailures()
        #expect(failures.map(\.message) == ["clean filter 'f' ended with exit status 3"])
        #expect(failures.map(\.path) == ["plain.t"])
        #expect(repository.takeFilterFailures().isEmpty)
    }

    @Test func `attributes name a driver and never run anything by themselves`() throws {
        let twins = try Twins()
        try twins.write(
            "*.a filter\n*.b -filter\n*.c filter=unknown\n*.d filter=a.b.clean\n",
            to: ".gitattributes")
        for name in ["x.a", "x.b", "x.c", "x.d"] { try twins.write("text\n", to: name) }
        let staged = try twins.staged()
        #expect(staged.ours == staged.theirs)
    }

    @Test(arguments: [
        "rot13 clean smudge", "rot13 smudge", "error clean", "abort clean", "late clean",
    ])
    func `a filter process is asked for every file, once started`(arguments: String) throws {
        let twins = try Twins()
        try twins.scratch.write(Self.process, to: "filter.pl")
        try twins.configure(
            "filter.f.process",
            "echo start >>../starts; /usr/bin/perl \(twins.scratch.path("filter.pl")) \(arguments)")
        try twins.write("*.t filter=f\n", to: ".gitattributes")
        for name in ["a.t", "b.t", "sub/o'd d.t"] { try twins.write("xyz\nabc\n", to: name) }
        try twins.write("", to: "empty.t")
        try twins.write([UInt8](repeating: 0x78, count: 500_000), to: "large.t")
        let staged = try twins.staged()
        #expect(staged.ours == staged.theirs)
        #expect(try twins.scratch.text("starts") == "start\nstart\n")
    }

    @Test(arguments: ["error clean", "abort clean", "late clean", "die clean", "rot13 smudge"])
    func `a required filter process that fails refuses`(arguments: String) throws {
        let twins = try Twins()
        try twins.scratch.write(Self.process, to: "filter.pl")
        try twins.configure(
            "filter.f.process", "/usr/bin/perl \(twins.scratch.path("filter.pl")) \(arguments)")
        try twins.configure("filter.f.required", "true")
        try twins.write("*.t filter=f\n", to: ".gitattributes")
        try twins.write("xyz\n", to: "a.t")
        #expect(throws: GitError.self) { try twins.repository().stage(.all) }
        #expect(try twins.refusal().contains("a.t: clean filter 'f' failed"))
    }

    /// Speaks the filter protocol: the first argument says how, the others what it is capable of.
    static let process = #"""
        use strict; binmode STDIN; binmode STDOUT; $| = 1;
        my ($mode, @can) = @ARGV;
        sub get { my $n = read(STDIN, my $h, 4); exit 0 unless $n; my $l = hex $h; return undef if !$l;
          read(STDIN, my $d, $l - 4); return $d }
        sub list { my @l; while (defined(my $d = get())) { chomp $d; push @l, $d } return @l }
        sub put { printf "%04x%s", length($_[0]) + 4, $_[0] }
        sub end { print "0000" }
        list(); put("git-filter-server\n"); put("version=2\n"); end();
        list(); put("capability=$_\n") for @can; end();
        while (1) {
          my %r = map { split /=/, $_, 2 } list(); exit 0 unless %r;
          my $text = ''; while (defined(my $d = get())) { $text .= $d }
          exit 3 if $mode eq 'die';
          if ($mode =~ /^(error|abort)$/) { put("status=$mode\n"); end(); next }
          $text =~ tr/a-z/n-za-m/; $text = "$r{pathname}\n$text";
          put("status=success\n"); end();
          while (length $text) { put(substr($text, 0, 60000, '')) } end();
          put("status=error\n") if $mode eq 'late'; end();
        }
        """#
}

@Suite struct WorkingTreeEncodingTests {
    static let text = "Grüße, 世界 🎉\r\nzwei\n"

    @Test(arguments: [
        "UTF-16", "utf16", "UTF-16LE-BOM", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE",
        "ISO-8859-1", "ASCII", "UTF-8", "utf8",
    ])
    func `text is stored as with git`(name: String) throws {
        let twins = try Twins()
        try twins.write("*.t text working-tree-encoding=\(name)\n", to: ".gitattributes")
        let text = name.hasPrefix("ISO") ? "Grüße\r\n" : name == "ASCII" ? "hi\r\n" : Self.text
        let converter = name.hasSuffix("-BOM") ? "UTF-16" : name
        let bytes = try run(
            ["iconv", "-f", "UTF-8", "-t", converter], in: "/",
            environment: twins.sandbox.environment,
            input: Array(text.utf8))
        #expect(bytes.status == 0)
        try twins.write(bytes.output, to: "a.t")
        try twins.write([], to: "empty.t")
        let staged = try twins.staged()
        #expect(staged.ours == staged.theirs)
        let blob = try twins.sandbox.git("cat-file", "blob", ":a.t", in: twins.ours)
        #expect(Array(blob.utf8) == Array(text.utf8).filter { $0 != 0x0D })
    }

    @Test(
        arguments: [
            (
                "UTF-16LE", [0xFF, 0xFE, 0x41, 0x00],
                "has a byte order mark, which UTF-16LE text must not have"
            ),
            ("UTF-16", [0x41, 0x00], "has no byte order mark, which UTF-16 text needs"),
            ("UTF-16LE", [0x41], "cannot be brought from UTF-16LE to UTF-8"),
            ("UTF-16LE", [0x00, 0xD8], "cannot be brought from UTF-16LE to UTF-8"),
            ("UTF-32BE", [0x00, 0x11, 0x00, 0x00], "cannot be brought from UTF-32BE to UTF-8"),
        ] as [(String, [UInt8], String)])
    func `what is not of the encoding is refused, as by git`(
        name: String, bytes: [UInt8], message: String
    ) throws {
        let twins = try Twins()
        try twins.write("*.t working-tree-encoding=\(name)\n", to: ".gitattributes")
        try twins.write(bytes, to: "a.t")
        let error = #expect(throws: GitError.self) { try twins.repository().stage(.all) }
        #expect(error?.message == message)
        #expect(error?.path == "a.t")
        #expect(try twins.refusal().contains("a.t"))
        #expect(try twins.index(twins.ours) == "")
    }

    @Test func `an encoding that nbgit does not know is refused with the attribute's name`() throws
    {
        let twins = try Twins()
        try twins.write("*.t working-tree-encoding=SHIFT-JIS\n", to: ".gitattributes")
        try twins.write("a", to: "a.t")
        let error = #expect(throws: GitError.self) { try twins.repository().stage(.all) }
        #expect(
            error?.message
                == "has the attribute working-tree-encoding=SHIFT-JIS, which nbgit does not know")
    }
}
