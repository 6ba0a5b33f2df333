internal import Platform

/// Who may use what is written into the git folder beside its owner.
///
/// Follows git-config(1), `core.sharedRepository`, and git_config_perm and calc_shared_perm of git.
struct SharedPermissions: Equatable {
    /// What files get; a folder can also be entered by whoever can read it.
    private let bits: UInt32
    /// Whether they get no other bits, whatever the mask of the process says.
    private let isExact: Bool

    /// Leaves it to the mask of the process.
    static let unshared = SharedPermissions(bits: 0, isExact: false)
    static let group = SharedPermissions(bits: 0o660, isExact: false)
    static let everybody = SharedPermissions(bits: 0o664, isExact: false)

    private init(bits: UInt32, isExact: Bool) {
        self.bits = bits
        self.isExact = isExact
    }

    init(_ configuration: Configuration) throws(GitError) {
        let name = "core.sharedRepository"
        switch try configuration.string(name) {
        case nil, "umask": self = .unshared
        case "group": self = .group
        case "all", "world", "everybody": self = .everybody
        case let text?:
            guard let number = UInt32(text, radix: 8) else {
                self = try configuration.bool(name) == true ? .group : .unshared
                return
            }
            switch number {
            case 0: self = .unshared
            case 1: self = .group
            case 2: self = .everybody
            default:
                guard number & 0o600 == 0o600 else {
                    throw GitError(
                        "core.sharedRepository is '\(text)', which keeps the owner out",
                        hint: "write 'group', 'all' or a number such as 0640")
                }
                self.init(bits: number & 0o666, isExact: true)
            }
        }
    }

    /// Does what makes files or folders in the git folder, with the permissions that they are to have.
    ///
    /// Folders get the group of the one they are made in where that has its set-group-id bit, as
    /// `git init --shared` sets it.
    func apply<Result: ~Copyable, Failure>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard self != .unshared else { return try body() }
        return try CreationMask.with(masked, body)
    }

    /// The mask that leaves files the bits that git gives them.
    func masked(_ mask: Permissions) -> Permissions {
        let given = bits | (bits & 0o444) >> 2
        return Permissions(rawValue: (isExact ? 0o777 : mask.rawValue) & ~given)
    }
}
