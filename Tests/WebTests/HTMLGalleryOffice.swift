import Vocabulary

@testable import Web

/// Screens of officers and supervisors.
extension Gallery {
    struct Line {
        let number, item, applicant, step: String
        let light: LightSign
        let days: Int
        let since: CivilDate
    }

    func office() -> HTML {
        let lines = [
            Line(
                number: "3501022611020031", item: t("户外广告设置审批", "Outdoor advertisement"),
                applicant: t("福州榕树广告有限公司（演示）", "Banyan Advertising Ltd (demonstration)"), step: t("审查", "Review"),
                light: .redStatutory, days: -2, since: Self.day(11, 2)),
            Line(
                number: "3501022611110004", item: t("公共场所卫生许可", "Public hygiene licence"),
                applicant: t("陈建国", "Chen Jianguo"), step: t("决定", "Decision"), light: .red, days: -1,
                since: Self.day(11, 11)),
            Line(
                number: "3501022611160007", item: t("食品经营许可（新办）", "Food business licence (new)"),
                applicant: t("福州闽江小馆餐饮有限公司（演示）", "Minjiang Kitchen Ltd (demonstration)"), step: t("审查", "Review"),
                light: .yellow, days: 1, since: Self.day(11, 16)),
            Line(
                number: "3501022611230019", item: t("食品经营许可（变更）", "Food business licence (change)"),
                applicant: t("黄秀英", "Huang Xiuying"), step: t("审查", "Review"), light: .green, days: 4,
                since: Self.day(11, 23)),
        ]
        return officer("/office/dossiers").page(t("待办", "To do")) { html in
            html.title(t("待办", "To do"))
            html.tabs(
                [
                    PageLink(t("全部 42", "All 42"), "/office/dossiers"),
                    PageLink(t("我的 9", "Mine 9"), "/office/dossiers?mine=yes"),
                    PageLink(t("暂停计时 3", "Clock stopped 3"), "/office/dossiers?paused=yes"),
                ], current: "/office/dossiers")
            html.filters("/office/dossiers") { html in
                html.field(
                    Field("item", t("事项", "Service"), .list([Option("1", t("食品经营许可", "Food business licence"))])).with {
                        $0.blank = t("全部事项", "All services")
                    })
                html.field(Field("q", t("编号或申请人", "Number or applicant"), .text(max: 60)))
            }
            html.listAndPanel { html in
                html.table(
                    t("按剩余期限排列", "By legal time left"),
                    [
                        Column(t("红黄灯", "Light"), sort: "?order=light", order: .rising),
                        Column(t("剩余", "Left"), sort: "?order=days", isNumeric: true),
                        Column(t("办件编号", "Number")), Column(t("事项", "Service"), sort: "?order=item"),
                        Column(t("申请人", "Applicant")), Column(t("环节", "Step")),
                        Column(t("收件", "Since"), sort: "?order=since"),
                    ], lines
                ) {
                    $0.empty(t("没有待办", "Nothing to do"), t("新的办件到达后会出现在这里。", "New cases will appear here."))
                } row: { html, line in
                    html.row(isCurrent: line.light == .yellow) { html in
                        html.cell { $0.light(line.light) }
                        html.cell(words.number(line.days), isNumeric: true)
                        html.headCell(line.number, href: "/office/dossiers/\(line.number)")
                        html.cell(line.item)
                        html.cell(line.applicant)
                        html.cell(line.step)
                        html.cell(words.shortDate(line.since))
                    }
                }
                html.pager(previous: nil, next: "?after=3501022611230019")
            } panel: { html in
                html.heading(t("食品经营许可（新办）", "Food business licence (new)"))
                html.light(.yellow, days: t("剩 1 个工作日", "1 working day left"))
                html.facts { html in
                    html.fact(t("办件编号", "Number")) { $0.copyable("3501022611160007", name: words["receipt.number"]) }
                    html.fact(t("申请人", "Applicant")) {
                        $0.text(t("福州闽江小馆餐饮有限公司（演示）", "Minjiang Kitchen Ltd (demonstration)"))
                    }
                    html.fact(t("依据", "Basis")) { $0.text(t("《行政许可法》第三十八条", "Licensing Law, article 38")) }
                }
                html.form("/office/dossiers/1/decision", Self.tokens) { html in
                    html.field(
                        Field(
                            "grounds", t("审查意见", "Opinion"), .multiline(max: 2000),
                            answer: Answer(t("材料齐全，现场核查合格。", "Complete; inspection passed."))))
                    html.buttons { html in
                        html.button(t("准予", "Grant"), sends: ButtonValue("decision", "grant"), key: "g")
                        html.button(t("不予", "Refuse"), .secondary, sends: ButtonValue("decision", "refuse"), key: "r")
                        html.button(
                            t("暂停计时", "Stop the clock"), .quiet, sends: ButtonValue("decision", "pause"), key: "s")
                    }
                }
            }
        }
    }

    func supervision() -> HTML {
        officer("/office/figures").page(t("效能", "Supervision")) { html in
            html.title(t("2026年11月", "November 2026"))
            html.figures([
                Figure(
                    t("收件", "Received"), "37,250", change: t("比上月 +3.2%", "+3.2% on last month"),
                    href: "/office/dossiers?received=2026-11"),
                Figure(t("办结", "Closed"), "36,918", change: t("比上月 +2.8%", "+2.8%"), href: "/office/done"),
                Figure(t("平均用时", "Average time"), words.workingDays(WorkingDays(3)), change: t("承诺 6 天", "promise 6")),
                Figure(t("红灯", "Red lights"), "7", change: t("比上月 −4", "4 fewer"), href: "/office/dossiers?light=red"),
            ])
            html.facts { html in
                for light in LightSign.allCases { html.fact(t("红黄灯", "Light")) { $0.light(light) } }
            }
            for tone in Tone.allCases {
                html.banner(tone, t("提示的样子", "A message")) {
                    $0.paragraph(t("说明发生了什么，以及接下来怎么办。", "What happened, and what to do next."))
                }
            }
            html.buttons { html in
                for kind in ButtonKind.allCases { html.button(t("按钮", "Button"), kind) }
            }
        }
    }
}
