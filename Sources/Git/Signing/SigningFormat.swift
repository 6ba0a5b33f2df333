/// What kind of signature a commit gets.
///
/// Follows git-config(1), `gpg.format`.
enum SigningFormat: String {
    case openPGP = "openpgp"
    case x509
    case ssh

    /// The program that signs unless the configuration names another.
    var program: String {
        switch self {
        case .openPGP: "gpg"
        case .x509: "gpgsm"
        case .ssh: "ssh-keygen"
        }
    }

    /// The settings that name another program, the first before the second.
    var programSettings: [String] {
        self == .openPGP
            ? ["gpg.openpgp.program", "gpg.program"] : ["gpg.\(rawValue).program"]
    }
}
