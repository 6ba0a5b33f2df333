import Foundation
import Platform
import Support

/// A work tree that is changed at random, in the ways that git has rules for.
struct RandomWorkTree {
    let root: Path
    var random: SplitMix64
    /// The time of the last change of a file, in seconds: each has its own, long ago, so that whether a file
    /// has to be read is no matter of luck.
    private var time = 1_577_836_800

    private static let names: [[UInt8]] =
        [
            "a", "b.txt", "c d", "-x", "é", "e\u{301}", "new\nline", "tab\t", "\"q\"",
            "back\\slash",
            "star*", "[b]", "#hash", "!bang", ".hidden", "x.log", "n.ipynb", "A", "core", "z~",
        ].map { Array($0.utf8) } + [[0x66, 0xFF, 0xFE]]

    private static let folders: [Path] = [".", ".", "d", "d/e", "D", "sub dir", ".dot", "d/e/f"]

    private static let contents: [String] = [
        "", "one\n", "one\ntwo\n", "crlf\r\nlines\r\n", "mixed\r\nlines\n", "no end", "$Id$\n",
        "$Id: old $\n", "nul\0byte\n", "lone\rreturn\n",
        String(repeating: "long line ", count: 900),
        (1...12).map { "line \($0) of twelve\n" }.joined(),
        (1...9).map { "value_\($0) = \($0)\n" }.joined(),
    ]

    private static let ignores: [String] = [
        "*.log", "/a", "d/", "e/", "!*.txt", "!.gitignore", "# comment", "", "c\\ d",
        "**/f", "d/**", "!d/e", "[b]", "\\#hash", "\\!bang", "star\\*", "z~ ", "/*", "!/d", "é",
        "*", "!x.log",
    ]

    private static let attributes: [String] = [
        "* text=auto", "*.txt text eol=crlf", "*.txt text eol=lf", "a -text", "* ident",
        "b.txt binary",
        "d/** text", "*.ipynb text eol=lf", "# comment", "a eol=crlf", "* !text", "*.log filter=up",
        "d/e/* filter=up", "A -filter", "x.log filter=unknown",
    ]

    init(root: Path, seed: UInt64) {
        self.root = root
        random = SplitMix64(seed: seed)
    }

    /// A path that may be there or not.
    mutating func path() -> Path {
        random.pick(Self.folders).appending(Path(bytes: random.pick(Self.names)))
    }

    /// Makes a few changes, of any kind.
    mutating func change() {
        for _ in 0..<1 + random.below(6) { changeOnce() }
    }

    private mutating func changeOnce() {
        let path = path()
        switch random.below(20) {
        case 0..<9: write(random.pick(Self.contents), to: path)
        case 9, 10: remove(path)
        case 11: changeMode(of: path, to: random.chance(50) ? 0o755 : 0o644)
        case 12: link(path)
        case 13: rename(path.parent, to: random.pick(Self.folders))
        case 14:
            let name = self.path()
            rename(path, to: name)
            if random.chance(50) { edit(name) }
        case 15:
            remove(path)
            write(random.pick(Self.contents), to: path.appending("below"))
        case 16: writeLines(Self.ignores, to: path.parent.appending(".gitignore"))
        case 17: writeLines(Self.attributes, to: path.parent.appending(".gitattributes"))
        case 18: makeFolder(path.appending("empty"))
        default: edit(path)
        }
    }

    /// Changes a few lines of a file, so that it is still known for what it was.
    private mutating func edit(_ path: Path) {
        guard isFile(path), let bytes = try? File.read(root.appending(path)) else { return }
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        for _ in 0..<1 + random.below(3) {
            let place = random.below(lines.count)
            if random.chance(50) {
                lines[place] = Array("edited \(random.below(4))".utf8)
            } else {
                lines.insert(Array("inserted \(random.below(4))".utf8), at: place)
            }
        }
        write(Array(lines.joined(separator: [0x0A])), to: path)
    }

    private func isFile(_ path: Path) -> Bool {
        (try? File.status(of: root.appending(path), followingLinks: false))?.kind == .regular
    }

    /// Not through links, which may lead out of the work tree.
    private func changeMode(of path: Path, to mode: mode_t) {
        var status = stat()
        guard lstat(full(path), &status) == 0, status.st_mode & S_IFMT != S_IFLNK else { return }
        chmod(full(path), mode)
    }

    private mutating func writeLines(_ choices: [String], to path: Path) {
        let lines = (0..<1 + random.below(3)).map { _ in random.pick(choices) }
        write(lines.map { $0 + "\n" }.joined(), to: path)
    }

    private mutating func link(_ path: Path) {
        remove(path)
        makeFolder(path.parent)
        let target = random.pick(["a", "d", "nowhere", "/etc/hostname", "../outside", "."])
        symlink(target, full(path))
        age(path)
    }

    // MARK: What the system does

    mutating func write(_ text: String, to path: Path) { write(Array(text.utf8), to: path) }

    private mutating func write(_ bytes: [UInt8], to path: Path) {
        makeFolder(path.parent)
        // What is written through a link would land elsewhere.
        unlink(full(path))
        let file = open(full(path), O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0 else { return }
        _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        close(file)
        age(path)
    }

    private mutating func age(_ path: Path) {
        time += 1
        let times = [timespec(tv_sec: time, tv_nsec: 0), timespec(tv_sec: time, tv_nsec: 0)]
        utimensat(AT_FDCWD, full(path), times, AT_SYMLINK_NOFOLLOW)
    }

    private func remove(_ path: Path) {
        guard path != "." else { return }
        var status = stat()
        guard lstat(full(path), &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            for entry in Folder.walk(root.appending(path), decide: { _ in .take }).taken {
                remove(path.appending(entry.name))
            }
            rmdir(full(path))
        } else {
            unlink(full(path))
        }
    }

    private func rename(_ path: Path, to other: Path) {
        guard path != ".", other != "." else { return }
        makeFolder(other.parent)
        Glibc.rename(full(path), full(other))
    }

    private func makeFolder(_ path: Path) {
        guard path != "." else { return }
        makeFolder(path.parent)
        mkdir(full(path), 0o755)
    }

    private func full(_ path: Path) -> [CChar] { root.appending(path).cName }
}
