import Vocabulary

@testable import Web

/// Work screens.
extension Gallery {
    func window() -> HTML {
        clerk("/window/intake").page(t("收件", "Intake")) { html in
            html.workbench { html in
                html.heading(t("当前：A037", "Now serving: A037"))
                html.facts { html in
                    html.fact(t("申请人", "Applicant")) { $0.text(t("林晓燕", "Lin Xiaoyan")) }
                    html.fact(t("身份证", "Identity card")) {
                        $0.copyable("3501**********0019", name: t("身份证号码", "identity card number"))
                    }
                    html.fact(t("代表", "For")) {
                        $0.text(t("福州闽江小馆餐饮有限公司（演示）", "Fuzhou Minjiang Kitchen Ltd (demonstration)"))
                    }
                }
                html.deed("/window/calls", Self.tokens) { html in
                    html.button(t("呼叫下一位", "Call next"), .secondary, key: "n")
                }
                html.heading(t("排队 3 人", "3 waiting"))
                html.element("ul", .class("queue")) { html in
                    for (ticket, wait) in [("A038", 4), ("A039", 9), ("B012", 12)] {
                        html.element("li") { html in
                            html.element("b", text: ticket)
                            html.element("span", .class("note"), text: t("已等 \(wait) 分钟", "\(wait) min"))
                        }
                    }
                }
            } middle: { html in
                html.title(
                    t("食品经营许可（新办）", "Food business licence (new)"),
                    over: t("鼓楼区 · 承诺 4 个工作日", "Gulou · promise 4 working days"))
                html.banner(.information, t("已从电子证照库取得 2 份材料", "Two papers come from the certificate library"))
                html.form("/window/intakes/1", Self.tokens, autosave: "/window/intakes/1/draft") { html in
                    html.field(
                        Field(
                            "phone", t("联系电话", "Phone"), .phone,
                            answer: Answer("13850000001", origin: t("上一次办件", "the last case"))))
                    html.field(
                        Field(
                            "area", t("经营面积（平方米）", "Floor area (square metres)"), .integer(1...100_000),
                            answer: Answer("86")))
                    html.field(
                        Field(
                            "mode", t("送达方式", "Delivery"),
                            .choice([
                                Option("eCertificate", t("电子证照", "Electronic certificate")),
                                Option("counter", t("窗口领取", "At the issuing window")),
                            ]), answer: Answer("eCertificate")))
                }
            } right: { html in
                html.heading(t("材料核验", "Papers"))
                html.form("/window/intakes/1/receipt", Self.tokens) { html in
                    html.checklist(checkRows)
                    html.buttons { html in
                        html.button(t("受理", "Accept"), sends: ButtonValue("deed", "accept"), key: "a")
                        html.button(
                            t("一次性告知补正", "Ask for correction"), .secondary, sends: ButtonValue("deed", "correct"),
                            key: "c")
                        html.button(
                            t("收件，打印凭证", "Receive, print slip"), .secondary, sends: ButtonValue("deed", "receive"),
                            key: "p", icon: .print)
                        html.button(t("不予受理", "Decline"), .quiet, sends: ButtonValue("deed", "decline"), key: "x")
                    }
                }
            }
        }
    }

    private var checkRows: [CheckRow] {
        var licence = CheckRow(
            code: "M01", name: t("营业执照", "Business licence"), demand: t("复印件 1 份", "1 copy"),
            standard: t("在有效期内，经营范围含餐饮服务。", "In force; catering within its scope."))
        licence.heldBy = t("营业执照 91350102MA2XN4WL3R", "Business licence 91350102MA2XN4WL3R")
        var plan = CheckRow(
            code: "M02", name: t("经营场所平面布局图", "Floor plan"), demand: t("复印件 1 份 · 收取", "1 copy, kept"),
            standard: t("标明操作间、库房、洗手设施的位置和面积，与现场一致。", "Shows kitchen, store and wash basins with their sizes."))
        plan.result = .meets
        plan.files = [PageLink(t("扫描件 1", "Scan 1"), "/files/7")]
        var rules = CheckRow(
            code: "M03", name: t("食品安全管理制度", "Food safety rules"), demand: t("原件 1 份 · 收取", "1 original, kept"),
            standard: t("覆盖进货查验、从业人员健康管理，加盖公章。", "Covers purchase checks and staff health; stamped."))
        rules.allowed = MaterialResult.allCases
        let lease = CheckRow(
            code: "M04", name: t("场所使用证明", "Right to use the premises"),
            demand: t("原件 1 份 · 核验后退还", "1 original, seen and returned"),
            standard: t("租期未满，地址与申请一致。", "Lease not expired; address as applied for."))
        return [licence, plan, rules, lease]
    }

    func issuing() -> HTML {
        clerk("/window/issuing").page(t("出件", "Issue")) { html in
            html.title(t("出件", "Issue"))
            html.search(
                SearchBox(t("扫描凭证二维码，或输入编号、身份证号码", "Scan the slip, or type a number"), action: "/window/issuing"))
            html.listAndPanel { html in
                html.table(
                    t("待领取 2 件", "2 to collect"),
                    [
                        Column(t("办件编号", "Number")), Column(t("领取人", "Recipient")), Column(t("结果", "Result")),
                        Column(t("方式", "Way")),
                    ],
                    [("3501022611160007", t("林晓燕", "Lin Xiaoyan")), ("3501022611170012", t("王明", "Wang Ming"))]
                ) {
                    $0.empty(t("没有待领取的结果", "Nothing to collect"), t("扫描凭证即可查找。", "Scan a slip to find one."))
                } row: { html, line in
                    html.row(isCurrent: line.0.hasSuffix("7")) { html in
                        html.headCell(line.0, href: "/window/issuing/\(line.0)")
                        html.cell(line.1)
                        html.cell(t("食品经营许可证", "Food business licence"))
                        html.cell { $0.tag(Tag(t("窗口领取", "Counter"), .busy)) }
                    }
                }
                html.empty(t("今天没有快递退回", "No parcels came back today"), t("退回的邮件会列在这里。", "They would be listed here."))
            } panel: { html in
                html.heading(t("交给林晓燕", "Hand over to Lin Xiaoyan"))
                html.tasks([
                    TaskRow(t("核对身份证", "Check the identity card"), href: nil, tag: Tag(t("一致", "Same"), .good)),
                    TaskRow(
                        t("打印证照并用印", "Print and seal"), href: "/window/issuing/1/print",
                        tag: Tag(t("待办", "To do"), .waiting)),
                    TaskRow(t("签收送达回证", "Sign the proof of service"), href: nil, tag: Tag(t("尚不能开始", "Not yet"))),
                ])
                html.deed("/window/issuing/1/hand-over", Self.tokens) { html in
                    html.buttons { html in
                        html.button(t("已交付", "Handed over"), key: "h", icon: .check)
                        html.buttonLink(t("打印", "Print"), "/window/issuing/1/print", key: "p", icon: .print)
                    }
                }
            }
        }
    }
}
