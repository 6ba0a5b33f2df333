import Support

/// Two branches that went apart at random, as lines of sh: `main`, which follows the branch `theirs` of the same
/// repository.
struct RandomHistory {
    private var random: SplitMix64
    private var number = 0
    private static let names = ["a", "b", "d/c", "d/e/f", "x", "d", "a/below", "y.txt"]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// Makes the repository in the working folder.
    mutating func script() -> String {
        var lines = [
            "git init -q", "git config core.checkStat minimal", "git config core.trustCtime false",
            "git config merge.directoryRenames false",
        ]
        if random.chance(15) { lines.append("git config merge.conflictStyle diff3") }
        for name in Self.names.prefix(5) where random.chance(80) { lines.append(added(name)) }
        if random.chance(15) { lines.append("echo 'b merge=union' >.gitattributes") }
        lines.append(commit("base"))
        for _ in 0..<random.below(2) { lines += change() + [commit("more")] }
        lines.append("git branch theirs; git config branch.main.remote .")
        lines.append("git config branch.main.merge refs/heads/theirs")
        lines += branch("main", commits: 1 + random.below(3))
        lines += branch("theirs", commits: 1 + random.below(3))
        if random.chance(20) {
            // The same change on both sides.
            lines.append("git checkout -q main; git cherry-pick theirs >/dev/null 2>&1")
            lines.append("git cherry-pick --abort 2>/dev/null; git reset -q --hard")
        }
        if random.chance(20) {
            lines.append("git checkout -q main; git merge -q -m early theirs~1 >/dev/null 2>&1")
            lines.append("git add -A; git commit -q -m 'early conflict' 2>/dev/null")
            if random.chance(50) {
                lines.append("git checkout -q theirs; git merge -q -m late main~1 >/dev/null 2>&1")
                lines.append("git add -A; git commit -q -m 'late conflict' 2>/dev/null")
            }
            lines += branch("main", commits: 1) + branch("theirs", commits: 1)
        }
        lines.append("git checkout -q main; git reset -q --hard; git clean -qfdx; true")
        return lines.joined(separator: "\n")
    }

    /// Leaves something that is not committed; or nothing.
    mutating func dirt() -> String {
        guard random.chance(35) else { return "true" }
        let lines = change() + (random.chance(40) ? ["git add -A"] : [])
        return lines.joined(separator: "\n") + "\ntrue"
    }

    private mutating func branch(_ name: String, commits: Int) -> [String] {
        var lines = ["git checkout -q \(name)"]
        for _ in 0..<commits { lines += change() + [commit(name)] }
        return lines
    }

    private mutating func commit(_ name: String) -> String {
        number += 1
        let empty = random.chance(8) ? "--allow-empty" : ""
        return """
            git add -A; GIT_AUTHOR_NAME="Ann O'Nym \(number)" git commit -q \(empty) \
            -m '\(name) \(number): it'"'"'s' -m 'Body of \(number)' 2>/dev/null
            """
    }

    private mutating func added(_ name: String) -> String {
        number += 1
        return "mkdir -p \"$(dirname \(name))\" 2>/dev/null; "
            + "[ -e \(name) ] || seq -f '\(name) %g' 24 >\(name) 2>/dev/null"
    }

    private mutating func change() -> [String] {
        (0..<1 + random.below(3)).map { _ in changeOnce() }
    }

    private mutating func changeOnce() -> String {
        let name = random.pick(Self.names)
        let other = random.pick(Self.names)
        // What became a link is never renamed: git then takes it for the source of other names, too.
        let moved = name == "x" ? "b" : name
        number += 1
        let line = 1 + random.below(24)
        let edit =
            switch random.below(4) {
            case 0: "\(line)d"
            case 1: "\(line)i new \(number)"
            default: "\(line)s/$/ changed \(number)/"
            }
        let sed = "[ -f \(name) ] && [ ! -L \(name) ] && sed -i '\(edit)' \(name)"
        switch random.below(16) {
        case 0..<7: return sed
        case 7, 8: return added(name)
        case 9: return "git rm -qf \(name) >/dev/null 2>&1"
        case 10: return "git mv \(moved) \(other) >/dev/null 2>&1"
        case 11: return "git mv \(moved) moved\(number % 4) >/dev/null 2>&1"
        case 12: return sed + "; git mv \(moved) moved\(number % 3) >/dev/null 2>&1"
        case 13: return "[ -f \(name) ] && [ ! -L \(name) ] && chmod +x \(name)"
        case 14: return "[ -d x ] || ln -sfn target\(number % 2) x 2>/dev/null"
        default: return "[ -f \(name) ] && [ ! -L \(name) ] && printf 'b\\0\(number)' >\(name)"
        }
    }
}
