/// What black 26 makes of some lines; taken from a run of it.
enum Black {
    static let lines: [(before: String, after: String)] = [
        ("y = load('a.csv')", "y = load(\"a.csv\")"),
        ("print('done')", "print(\"done\")"),
        ("z=f( a,b )", "z = f(a, b)"),
        ("d = {'a':1, 'b' : 2}", "d = {\"a\": 1, \"b\": 2}"),
        ("if (x): pass", "if x:\n    pass"),
        ("s = 'it\\'s'", "s = \"it's\""),
        (
            "total = first_value_of_the_sum + second_value_of_the_sum + third_value_of_the_sum"
                + " + fourth_value",
            """
            total = (
                first_value_of_the_sum
                + second_value_of_the_sum
                + third_value_of_the_sum
                + fourth_value
            )
            """
        ),
        ("x = 1;y = 2", "x = 1\ny = 2"),
        ("h = 0XFF + 1E5", "h = 0xFF + 1e5"),
        ("print(x , end = '')", "print(x, end=\"\")"),
        ("return (value)", "return value"),
    ]

    /// The line as black writes it, without its end.
    static func formatted(_ line: String) -> String {
        for (before, after) in lines where line.hasPrefix(before) {
            let comment = line.dropFirst(before.count)
            if comment.isEmpty { return after }
            if comment.hasPrefix("  # "), !after.contains("\n") { return after + comment }
        }
        return line
    }
}
